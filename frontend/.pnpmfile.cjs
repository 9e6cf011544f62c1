/* What Volto's own developers need, and neither our build nor our tests. */
const NOT_NEEDED =
  /storybook|cypress|stylelint|release-it|start-server|wait-on|bundle-analyzer|^eslint|^@plone\/(types|volto-coresandbox)$/;

const readPackage = (manifest) => {
  for (const name of Object.keys(manifest.devDependencies ?? {})) {
    if (NOT_NEEDED.test(name)) delete manifest.devDependencies[name];
  }
  return manifest;
};

module.exports = { hooks: { readPackage } };
