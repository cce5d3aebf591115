# Turns the lines "address type name" of nm, sorted by address, into the table that Panic/SymbolTable.cs reads, as source
# for nasm:
#
#   the number of words, then each word: its length, its characters
#   for each function: the distance of its address from the one before, in LEB128 (seven bits a byte, the lowest first,
#                      the highest bit set in all but the last)
#                      how many characters its name shares with the beginning of the one before
#                      the other characters, or 128 + n for word n; then 0
#
# Words are the parts of names that occur so often that a byte for them saves most.

BEGIN {
    mostWords = 128
    longestName = 255
    for (i = 0; i < 16; i++)
        digit[substr("0123456789abcdef", i + 1, 1)] = i
}

$2 ~ /^[tT]$/ && $3 !~ /\./ {
    name = substr($3, 1, longestName)
    gsub(/[^ -~]|"/, "?", name)
    for (same = 0; same < length(name) && substr(name, same + 1, 1) == substr(last, same + 1, 1); same++)
        ;
    last = name
    count++
    address[count] = number($1)
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
        line = "db "
        for (distance = address[i] - address[i - 1]; distance >= 128; distance = int(distance / 128))
            line = line (distance % 128 + 128) ","
        line = line distance "," shared[i]
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
    for (words = 0; words < mostWords; words++) {
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

function number(hexadecimal,    i, value) {
    for (i = 1; i <= length(hexadecimal); i++)
        value = value * 16 + digit[substr(hexadecimal, i, 1)]
    return value
}
