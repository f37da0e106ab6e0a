"""`newslint completion`: the script that teaches a shell to complete newslint's commands, flags and rules.

click completes: it answers newslint's call with _NEWSLINT_COMPLETE set, one candidate after the other, in the form that
its class for the shell has. These scripts are not click's, which cut off at a comma in fish, know no colon in bash and
replace the flag of `--flag=value` in zsh.
"""

from __future__ import annotations

import click

_BASH = r"""# newslint's completion for bash 4.4 or newer: newslint completion bash
_newslint_completion() {
    local line=${COMP_LINE:0:COMP_POINT} IFS=$'\n' word kept breaks='' candidate
    word=${line##*[[:space:]]}
    # What readline leaves standing before the cursor: it breaks words at some characters.
    [[ $COMP_WORDBREAKS == *:* ]] && breaks+=:
    [[ $COMP_WORDBREAKS == *=* ]] && breaks+==
    [[ -n $breaks ]] && kept=${word%"${word##*[$breaks]}"}
    COMPREPLY=()
    # -1 is the last word, and what is beyond all words is a new one.
    for candidate in $(set -f; COMP_WORDS=$line COMP_CWORD=$([[ -n $word ]] && echo -1 || echo 999999) \
            _NEWSLINT_COMPLETE=bash_complete "${1/#\~/$HOME}" 2>/dev/null); do
        case $candidate in
            plain,*)
                candidate=${candidate#plain,} candidate=${candidate#"$kept"}
                [[ $candidate == *[[:space:]]* ]] && printf -v candidate %q "$candidate"
                COMPREPLY+=("$candidate") ;;
            file,*) compopt -o default ;;
            dir,*) compopt -o dirnames ;;
        esac
    done
    [[ ${#COMPREPLY[@]} -gt 0 && ${COMPREPLY[0]} == *[:=/] ]] && compopt -o nospace
    return 0
}
complete -o nosort -F _newslint_completion newslint
"""

_ZSH = r"""#compdef newslint
# newslint's completion for zsh: newslint completion zsh
_newslint_completion() {
    local -a answer described plain open
    local kind value help
    answer=("${(@f)$(COMP_WORDS="${words[*]}" COMP_CWORD=$((CURRENT - 1)) \
        _NEWSLINT_COMPLETE=zsh_complete ${words[1]/#\~/$HOME} 2>/dev/null)}")
    [[ ${words[CURRENT]} == --*=* ]] && compset -P '*='
    for kind value help in $answer; do
        case $kind in
            dir) _path_files -/ ;;
            file) _path_files -f ;;
            plain)
                if [[ $value == *[:=/] ]]; then open+=("${value//\\:/:}")
                elif [[ $help == _ ]]; then plain+=("$value")
                else described+=("$value:$help")
                fi ;;
        esac
    done
    (( $#described )) && _describe -V newslint described
    (( $#plain )) && compadd -V newslint -a plain
    (( $#open )) && compadd -V newslint -S '' -a open
    return 0
}
if [[ $funcstack[1] == _newslint ]]; then  # it is a function of fpath
    _newslint_completion "$@"
else
    compdef _newslint_completion newslint
fi
"""

_FISH = r"""# newslint's completion for fish: newslint completion fish
function _newslint_completion
    set -l command (string replace -r '^~' $HOME -- (commandline -opc)[1])
    set -l flag (string match -r -- '^--[^=]+=' (commandline -t))
    for candidate in (env COMP_WORDS=(commandline -cp) COMP_CWORD=(commandline -t) \
            _NEWSLINT_COMPLETE=fish_complete $command 2>/dev/null)
        set -l parts (string split --max 1 ',' -- $candidate)
        switch $parts[1]
            case plain
                echo -- "$flag$parts[2]"
            case file
                string join -- \n "$flag"(__fish_complete_path "$parts[2]")
            case dir
                string join -- \n "$flag"(__fish_complete_directories "$parts[2]")
        end
    end
end
complete --no-files --command newslint --arguments '(_newslint_completion)'
"""

SCRIPTS = {"bash": _BASH, "zsh": _ZSH, "fish": _FISH}


@click.command("completion", short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(list(SCRIPTS)))
def command(shell: str) -> None:
    """Print the script with which a shell completes newslint's commands, flags, files and rules.

    \b
    bash, in ~/.bashrc:
      eval "$(newslint completion bash)"
    zsh, in ~/.zshrc, after compinit:
      eval "$(newslint completion zsh)"
    fish, once:
      newslint completion fish > ~/.config/fish/completions/newslint.fish

    The script asks newslint itself, so that it need not be made anew after an update.
    """
    click.echo(SCRIPTS[shell], nl=False)
