/** A shell that can complete commands. */
export type Shell = 'bash' | 'zsh' | 'fish' | 'powershell';

/* Each asks `clever-sdk complete` with the words so far, and offers the names of files where the answer is empty. */

const BASH = `_clever_sdk() {
  local IFS=$'\\n'
  local found
  found=$(clever-sdk complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null | cut -f 1)
  COMPREPLY=($found)
}
complete -o default -F _clever_sdk clever-sdk
`;

const ZSH = `#compdef clever-sdk
_clever_sdk() {
  local -a found
  local line about
  for line in "\${(@f)$(clever-sdk complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -z $line ]] && continue
    about=\${line#*$'\\t'}
    [[ $about == $line ]] && about=
    found+=("\${\${line%%$'\\t'*}//:/\\\\:}\${about:+:$about}")
  done
  if (( \${#found} )); then
    _describe 'clever-sdk' found
  else
    _files
  fi
}
if [[ \${funcstack[1]} == _clever_sdk ]]; then
  _clever_sdk
else
  (( \${+functions[compdef]} )) || { autoload -Uz compinit && compinit }
  compdef _clever_sdk clever-sdk
fi
`;

const FISH = `function __clever_sdk_complete
  set -l typed (commandline -ct)
  set -l found (clever-sdk complete -- (commandline -opc)[2..-1] "$typed" 2>/dev/null)
  if test (count $found) -gt 0
    printf '%s\\n' $found
  else
    __fish_complete_path "$typed"
  end
end
complete -c clever-sdk -f -a '(__clever_sdk_complete)'
`;

// Older releases of PowerShell drop empty arguments, hence --next.
const POWERSHELL = `Register-ArgumentCompleter -Native -CommandName clever-sdk -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { "$_" })
  $next = @(if ($wordToComplete -eq '') { '--next' })
  clever-sdk complete @next -- @words 2>$null | ForEach-Object {
    $value, $about = $_ -split "\`t", 2
    if (-not $about) { $about = $value }
    [System.Management.Automation.CompletionResult]::new($value, $value, 'ParameterValue', $about)
  }
}
`;

/** The script for each shell. */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: BASH,
  zsh: ZSH,
  fish: FISH,
  powershell: POWERSHELL,
};
