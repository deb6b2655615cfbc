-- What tests/editors/neovim does inside Neovim 0.7: open, look, edit, undo, quit.
local out = os.getenv('OUT')
local severities = { 'error', 'warning', 'information', 'hint' }

-- As `galley check` writes them, in the order of their places: one, or all.
local function findings(article, only)
  local lines = {}
  for _, d in ipairs(only and { only } or vim.diagnostic.get(0)) do
    local text = vim.api.nvim_buf_get_lines(0, d.lnum, d.lnum + 1, false)[1]
    local code = d.code or d.user_data.lsp.code
    table.insert(lines, {
      d.lnum, d.col,
      string.format('%s:%d:%d: %s: %s [%s]', article, d.lnum + 1,
        vim.fn.strchars(text:sub(1, d.col)) + 1, severities[d.severity],
        d.message:match('[^\n]*'), code),
    })
  end
  table.sort(lines, function(a, b)
    return a[1] < b[1] or (a[1] == b[1] and a[2] < b[2])
  end)
  return vim.tbl_map(function(line) return line[3] end, lines)
end

local function write(name, lines)
  local file = assert(io.open(out .. '/' .. name, 'w'))
  for _, line in ipairs(lines) do
    file:write(line, '\n')
  end
  file:close()
end

local function wait_for_count(test, what)
  if not vim.wait(60000, function() return test(#vim.diagnostic.get(0)) end, 20) then
    error('waited in vain for ' .. what, 0)
  end
end

-- The processes that this one has started: no version of the API says which is the server.
local function children()
  local pid = vim.fn.getpid()
  return vim.fn.readfile(string.format('/proc/%d/task/%d/children', pid, pid))
end

local function main()
  local article = os.getenv('ARTICLE')
  vim.cmd('filetype on')
  vim.cmd('edit ' .. article)
  local client = vim.lsp.start_client({ name = 'galley', cmd = { os.getenv('GALLEY'), 'lsp' } })
  vim.lsp.buf_attach_client(0, client)
  wait_for_count(function(count) return count > 0 end, 'diagnostics')
  write('pid', children())
  local opened = findings(article)
  write('opened', opened)

  for _, d in ipairs(vim.diagnostic.get(0)) do
    if findings(article, d)[1]:find('[foreign-script]', 1, true) then
      vim.api.nvim_buf_set_text(0, d.lnum, d.col, d.end_lnum, d.end_col, {})
    end
  end
  wait_for_count(function(count) return count < #opened end, 'a finding to go')
  write('edited', findings(article))
  vim.cmd('undo')
  wait_for_count(function(count) return count == #opened end, 'it to come back')
  write('undone', findings(article))
end

local good, message = pcall(main)
if not good then
  io.stderr:write(message, '\n')
  vim.cmd('cquit')
end
vim.cmd('qall!')
