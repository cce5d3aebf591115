# Turns the lines "address type name" of nm, sorted by address, into the table that Panic/SymbolTable.cs reads, as source
# for nasm; encoding.awk comes before it:
#
#   the number of words, then each word: its length, its characters
#   for each function: the distance of its address from the one before, in LEB128
#                      how many characters its name shares with the beginning of the one before
#                      the other characters, or 128 + n for word n; then 0
#
# Words are the parts of names that occur so often that a byte for them saves most.

BEGIN {
    maximumWords = 128
}

$2 ~ /^[tT]$/ && $3 !~ /\./ {
    name = printable($3)
    for (same = 0; same < length(name) && substr(name, same + 1, 1) == substr(last, same + 1, 1); same++)
        ;
    last = name
    count++
    address[count] = from_hexadecimal($1)
    shared[count] = same
    rest[count] = substr(name, same + 1)
    for (left = rest[count]; left != ""; left = substr(left, length(word) + 1)) {
        word = first(left)
        saving[word] += length(word) - 1
    }
}

END {
    choose_words()
    print "db " words
    for (i = 0; i < words; i++)
        print "db " length(chosen[i]) ",\"" chosen[i] "\""

    for (i = 1; i <= count; i++) {
        line = "db " leb128(address[i] - address[i - 1]) "," shared[i]
        plain = ""
        for (left = rest[i]; left != ""; left = substr(left, length(word) + 1)) {
            word = first(left)
            if (word in code) {
                line = line quoted(plain) "," code[word]
                plain = ""
            } else
                plain = plain word
        }
        print line quoted(plain) ",0"
    }
}

# What a name begins with: capitals, small letters or digits, underscores; or one other character.
function first(text) {
    match(text, /^[A-Z]*[a-z0-9]*_*/)
    return substr(text, 1, RLENGTH > 0 ? RLENGTH : 1)
}

function choose_words(    best, word) {
    for (words = 0; words < maximumWords; words++) {
        best = ""
        for (word in saving)
            if (best == "" || saving[word] > saving[best] || (saving[word] == saving[best] && word < best))
                best = word
        if (best == "" || saving[best] <= length(best) + 1)
            return
        chosen[words] = best
        code[best] = 128 + words
        delete saving[best]
    }
}

function quoted(text) {
    return text == "" ? "" : ",\"" text "\""
}
