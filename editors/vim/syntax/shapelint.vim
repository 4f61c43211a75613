" Files of backpropagation formulas: what stands out in formulas; the prose around them does not.
if exists('b:current_syntax')
    finish
endif

" dZ1 =
syntax match shapelintTarget /^\s*\zs\%(\a\|[^\x00-\x7f]\)[^[:space:]=:#,;]*\ze\s*\%([-:+*\/]\?==\@!\|<-\|[←≔]\)/
" X, Y : (m, k)
syntax match shapelintTarget /^\s*\zs\%(\a\|[^\x00-\x7f]\)[^[:space:]=:#,;]*\%(\s*,\s*[^[:space:]=:#,;]\+\)*\ze\s*\%(:\|∈\|\<is\>\)\s*\%(([^()]*)\|scalar\>\|[Rℝ]^\|?\)/ nextgroup=shapelintSays skipwhite
syntax match shapelintSays /:\|∈\|\<is\>/ contained nextgroup=shapelintShape skipwhite
syntax match shapelintShape /([^()]*)\|scalar\>\|[Rℝ]^\S\+\|?/ contained
" np.sum(, g'(
syntax match shapelintFunction /\<\%(\%(np\|numpy\|torch\|math\)\.\)\?\%(linalg\.\)\?[a-z][a-z_]*\d*\ze'\?(/
syntax match shapelintKeyword /\<\%(axis\|keepdims\|keepdim\|dim\)=\%(True\|False\|None\|-\?\d\+\)\>/
syntax match shapelintTranspose /\.T\>\|[ᵀ⊤]\|^T\>\|\^T\>\|\^{\%(T\|⊤\)}/
syntax match shapelintProduct /[@⊙∘⊗·⋅×]/
syntax match shapelintBlock /^\s*\zs\%(when\|formulas\)\>\ze[^:]*:\s*$/
syntax match shapelintComment /\%(#\|\/\/\).*/ contains=shapelintDirective,@Spell
syntax match shapelintDirective /\<shapelint:/ contained nextgroup=shapelintWanted skipwhite
syntax match shapelintWanted /[^#]*/ contained

highlight default link shapelintTarget Identifier
highlight default link shapelintShape Type
highlight default link shapelintFunction Function
highlight default link shapelintKeyword Constant
highlight default link shapelintTranspose Special
highlight default link shapelintProduct Operator
highlight default link shapelintBlock Keyword
highlight default link shapelintComment Comment
highlight default link shapelintDirective PreProc
highlight default link shapelintWanted Constant

let b:current_syntax = 'shapelint'
