-- What wrk asks for: the addresses of a file (ADDRESSES) one after the other, or, with EACH_ONCE, one address with a number behind
-- it that no request had before, so that no answer can have been kept.
local addresses, number = {}, 0

function init()
  for line in io.lines(os.getenv("ADDRESSES")) do
    addresses[#addresses + 1] = wrk.format("GET", line)
  end
  number = tonumber(os.getenv("EACH_ONCE") or "0")
  if number > 0 then
    local line = io.lines(os.getenv("ADDRESSES"))()
    addresses = line .. (line:find("?", 1, true) and "&" or "?") .. "once="
  end
end

function request()
  number = number + 1
  if type(addresses) == "string" then
    return wrk.format("GET", addresses .. number)
  end
  return addresses[number % #addresses + 1]
end
