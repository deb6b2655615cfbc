# Types a line and a Tab into a zsh of its own and prints what the line became. Arguments: the folder of
# the completion, the line.
zmodload zsh/zpty
zpty shell zsh -f -i
# Where the line is complete, a widget writes it to a file; the terminal shows more than the line.
zpty -w shell "fpath=($1 \$fpath); autoload -U compinit; compinit -u -D; PROMPT=; unsetopt zle_bracketed_paste"
zpty -w shell "report() { print -rn -- \$BUFFER >$1/line; }; zle -N report; bindkey '^X' report; rm -f $1/line; : >$1/ready"
for i in {1..100}; do
    [[ -e $1/ready ]] && break
    sleep 0.05
done
zpty -w -n shell "$2"$'\t\x18'
for i in {1..100}; do
    [[ -s $1/line ]] && break
    zpty -r -t shell output
    sleep 0.05
done
cat $1/line
rm -f $1/line $1/ready
zpty -d shell
