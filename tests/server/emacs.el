;;; Opens DOCUMENT in Emacs with eglot, takes the preferred repair at the first finding, and prints what it saw.  -*- lexical-binding: t -*-

(require 'package)
(package-initialize)
(require 'cl-lib)
(require 'eglot)

(add-to-list 'load-path (getenv "PLUGIN"))
(require 'shapelint)
(setq shapelint-command (list (getenv "PYTHON") "-m" "shapelint" "lsp")
      shapelint-settings (car (read-from-string (or (getenv "SETTINGS") "nil")))
      eglot-sync-connect 20
      eglot-autoshutdown t)

(defun say (name form &rest values)
  (princ (replace-regexp-in-string "\n" "|" (concat name " " (apply #'format form values))))
  (terpri))

(defun settled (test)
  (let ((end (+ (float-time) 25)))
    (while (and (not (funcall test)) (< (float-time) end)) (accept-process-output nil 0.05))
    (funcall test)))

(defun tell (finding)
  (let ((start (flymake-diagnostic-beg finding)) (end (flymake-diagnostic-end finding)))
    (goto-char start)
    (say "found" "%d:%d %s %s" (line-number-at-pos) (- (point) (line-beginning-position))
         (buffer-substring-no-properties start end) (flymake-diagnostic-text finding))))

(defun paint ()
  "Print the face of a part in each line."
  (font-lock-ensure)
  (dolist (part (split-string (getenv "PARTS") "\n"))
    (search-forward part (line-end-position))
    (say (format "painted%d" (line-number-at-pos)) "%s" (get-text-property (match-beginning 0) 'face))
    (forward-line)))

(defun mend ()
  "Show what is found, and take the preferred repair."
  (mapc #'tell (flymake-diagnostics))
  (let (shown)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq shown text)))
    (settled (lambda () shown))
    (say "hover" "%s" shown))
  (let ((last-nonmenu-event ?.)) ; ask in the minibuffer, not with a menu
    (cl-letf (((symbol-function 'completing-read)
               (lambda (_ items &rest _) (say "action" "%s" (caar items)) (caar items))))
      (eglot-code-actions (point) nil "quickfix" t)))
  (save-buffer)
  (settled (lambda () (null (flymake-diagnostics)))))

(defun serve ()
  "Start eglot as its user does."
  (call-interactively #'eglot)
  (flymake-start) ; on a screen, showing the buffer does it
  (if (settled #'flymake-diagnostics) (mend) (say "nothing" "was found"))
  (say "left" "%d" (length (flymake-diagnostics)))
  (eglot-shutdown (eglot-current-server)))

(setq enable-local-variables :all)
(find-file (getenv "DOCUMENT"))
(say "mode" "%s" major-mode)
(if (getenv "PARTS") (paint) (serve))
(say "text" "%s" (buffer-substring-no-properties (point-min) (point-max)))
