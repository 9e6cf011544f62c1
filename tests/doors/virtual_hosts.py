"""Sites behind a web server that says by which address they are known."""

from Products.SiteAccess.VirtualHostMonster import VirtualHostMonster

import transaction


VIRTUAL = "/VirtualHostBase/http/www.example.org:80/{}VirtualHostRoot/{}"


def add_virtual_hosts(functional, *lines):
    app = functional["app"]
    if "virtual_hosting" not in app:
        monster = VirtualHostMonster()
        monster.id = "virtual_hosting"
        monster.addToContainer(app)
    app.virtual_hosting.set_map("\n".join(lines))
    transaction.commit()
