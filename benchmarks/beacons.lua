-- Requests for wrk: wrk -s beacons.lua URL -- FILE RUN
--
-- Each line of FILE is one log-in, as a Cookie header, a tab and a ticket. Each
-- request is a new view: RUN and a number. Without RUN it is a GET by that log-in.
-- When all lines are used up they are used again, as views of their own.

local MOST_ROUNDS = 10
local lines, run = {}, nil
local number, line, round = 0, 0, 1
local headers = {
  ["Accept"] = "*/*",
  ["Accept-Encoding"] = "gzip, deflate, br, zstd",
  ["Accept-Language"] = "en-GB,en;q=0.9",
  ["User-Agent"] = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 "
    .. "(KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
}

function init(args)
  for text in io.lines(args[1]) do
    local cookie, ticket = text:match("^(.-)\t(.*)$")
    lines[#lines + 1] = { cookie, ticket }
  end
  run = args[2]
  if run then
    headers["Content-Type"] = "text/plain;charset=UTF-8"
    headers["Origin"] = args[0]:match("^%a+://[^/]+")
  end
end

local function next_line()
  line = line + 1
  if line > #lines then
    line, round = 1, round + 1
    if run and round > MOST_ROUNDS then
      error("too few tickets: each would have more views than are recorded")
    end
  end
  return lines[line]
end

function request()
  local login = next_line()
  headers["Cookie"] = login[1]
  if not run then
    return wrk.format("GET", nil, headers)
  end
  number = number + 1
  local body = string.format(
    '{"ticket":"%s","view":"%s-%012d"}', login[2], run, number)
  return wrk.format("POST", nil, headers, body)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format(
    '{"answers":%d,"microseconds":%d,"p50":%d,"p99":%d,"refused":%d,'
      .. '"connect":%d,"read":%d,"write":%d,"timeout":%d}\n',
    summary.requests, summary.duration,
    latency:percentile(50), latency:percentile(99), errors.status,
    errors.connect, errors.read, errors.write, errors.timeout))
end
