;;; shapelint.el --- Dimension analysis of backpropagation formulas  -*- lexical-binding: t -*-

;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: languages, tex, convenience
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; A mode for files of formulas (`*.shapes', and names that end with
;; `formulas.txt'), and the language server `shapelint lsp' for it, for
;; Markdown and for LaTeX, through eglot: 1.9 from a package, or the one that
;; comes with Emacs since 29.  Then `M-x eglot' in such a file starts it.

;;; Code:

(defvar eglot-server-programs)

(defgroup shapelint nil
  "Dimension analysis of backpropagation formulas."
  :group 'tools)

(defcustom shapelint-command '("shapelint" "lsp")
  "The program that serves, and its arguments."
  :type '(repeat string))

(defcustom shapelint-settings nil
  "Settings of the server as a property list; they outrank shapelint.toml.
The keys are `:convention', `:layout', `:star', `:select', `:ignore' and
`:showUnchecked', with which formulas that were not checked are hints; for
example (:convention \"rows\" :ignore [\"ambiguous-sum\"])."
  :type 'plist)

(defcustom shapelint-modes '(shapelint-mode markdown-mode latex-mode tex-mode LaTeX-mode octave-mode)
  "Modes for which eglot starts the server, with those derived from them.
Eglot has one server for a mode: leave out those where you want another, before
this file is loaded."
  :type '(repeat symbol))

(defun shapelint-contact (&optional _interactive)
  "Return how eglot reaches the server, with the settings as they are now."
  (if shapelint-settings
      `(,@shapelint-command :initializationOptions (:settings ,shapelint-settings))
    shapelint-command))

(with-eval-after-load 'eglot
  (push (cons shapelint-modes #'shapelint-contact) eglot-server-programs))

(defconst shapelint--target "[[:alpha:]∂∇][^][:space:]=:#,;]*"
  "What stands before an equals sign or a colon.")

(defconst shapelint-font-lock-keywords
  `(("\\(?:#\\|//\\)[ \t]*\\(shapelint:\\)[ \t]*\\([^#\n]*\\)"
     (1 'font-lock-preprocessor-face t) (2 'font-lock-constant-face t))
    ("^[ \t]*\\(when\\|formulas\\)\\_>.*:[ \t]*$" 1 'font-lock-keyword-face)
    ;; X, Y : (m, k)
    (,(concat "^[ \t]*\\(" shapelint--target "\\(?:[ \t]*,[ \t]*" shapelint--target "\\)*\\)"
              "[ \t]*\\(?::\\|∈\\|\\_<is\\_>\\)[ \t]*\\(([^()\n]*)\\|scalar\\_>\\|[Rℝ]^\\S-+\\|\\?\\)")
     (1 'font-lock-variable-name-face) (2 'font-lock-type-face))
    ;; dZ1 =
    (,(concat "^[ \t]*\\(" shapelint--target "\\)[ \t]*\\(?:[-:+*/]?=\\(?:[^=]\\|$\\)\\|<-\\|[←≔]\\)")
     1 'font-lock-variable-name-face)
    ;; np.sum(, g'(
    ("\\_<\\(\\(?:\\(?:np\\|numpy\\|torch\\|math\\)\\.\\)?\\(?:linalg\\.\\)?[a-z][a-z_]*[0-9]*\\)'?(" 1 'font-lock-function-name-face)
    ("\\_<\\(?:axis\\|keepdims\\|keepdim\\|dim\\)=\\(?:True\\|False\\|None\\|-?[0-9]+\\)" 0 'font-lock-constant-face)
    ;; the transpose
    ("\\.T\\_>\\|[ᵀ⊤]\\|\\^T\\_>\\|\\^{\\(?:T\\|⊤\\)}" 0 'font-lock-builtin-face)
    ("[@⊙∘⊗·⋅×]" 0 'font-lock-keyword-face))
  "What stands out in formulas; the prose around them does not.")

(defvar shapelint-mode-syntax-table
  (let ((table (make-syntax-table text-mode-syntax-table)))
    (modify-syntax-entry ?# "<" table)
    (modify-syntax-entry ?\n ">" table)
    (modify-syntax-entry ?' "." table)
    (modify-syntax-entry ?\" "." table)
    (modify-syntax-entry ?_ "_" table)
    table)
  "A comment runs from # to the end of its line; a quote is no string.")

;;;###autoload
(define-derived-mode shapelint-mode text-mode "Shapelint"
  "Major mode for files of backpropagation formulas."
  (setq-local comment-start "# "
              comment-start-skip "#+[ \t]*"
              font-lock-defaults '(shapelint-font-lock-keywords)))

;;;###autoload
(add-to-list 'auto-mode-alist '("\\(?:\\.shapes\\|formulas\\.txt\\)\\'" . shapelint-mode))

(provide 'shapelint)
;;; shapelint.el ends here
