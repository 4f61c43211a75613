" Opens DOCUMENT in Vim with ALE, takes the first repair at the first finding, and writes into SAID what it saw.
function! s:say(name, value) abort
    call writefile([a:name . ' ' . substitute(a:value, "\n", '|', 'g')], $SAID, 'a')
endfunction

function! s:settled(test) abort
    let l:end = reltimefloat(reltime()) + 25
    while !a:test() && reltimefloat(reltime()) < l:end
        sleep 20m
    endwhile
    return a:test()
endfunction

function! s:found() abort
    return ale#engine#GetLoclist(bufnr(''))
endfunction

function! s:tell(finding) abort
    call cursor(a:finding.lnum, a:finding.col)
    let l:part = getline(a:finding.lnum)[a:finding.col - 1 : a:finding.end_col - 1]
    call s:say('found', printf('%d:%d %s %s %s', a:finding.lnum, a:finding.col, l:part, a:finding.code, a:finding.text))
endfunction

function! s:paint() abort
    for l:part in split($PARTS, "\n")
        let l:column = stridx(getline('.'), l:part) + 1
        call s:say('painted' . line('.'), synIDattr(synID(line('.'), l:column, 1), 'name'))
        +
    endfor
endfunction

function! s:mend() abort
    call s:tell(s:found()[0])
    let g:ale_hover_to_preview = 1
    ALEHover
    call s:settled({-> !empty(s:preview())})
    call s:say('hover', join(s:preview(), "\n"))
    pclose
    ALECodeAction
    call feedkeys("1\<CR>", 't') " what its user types when it asks which one
    call s:settled({-> &modified})
    write
    call s:settled({-> empty(s:found())})
endfunction

function! s:preview() abort
    let l:shown = filter(range(1, winnr('$')), {_, one -> getwinvar(one, '&previewwindow')})
    return empty(l:shown) ? [] : getbufline(winbufnr(l:shown[0]), 1, '$')
endfunction

function! s:serve() abort
    if s:settled({-> !empty(s:found())})
        call s:mend()
    else
        call s:say('nothing', 'was found')
    endif
    call s:say('left', len(s:found()))
endfunction

try
    execute 'edit' fnameescape($DOCUMENT)
    call s:say('type', &filetype)
    if empty($PARTS)
        call s:serve()
    else
        call s:paint()
    endif
    call s:say('text', join(getline(1, '$'), "\n"))
catch
    call s:say('fault', v:exception . ' at ' . v:throwpoint)
endtry
qall!
