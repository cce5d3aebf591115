# What symbols.awk and line_table.awk share, which run behind it.

BEGIN {
    longestText = 255
    for (i = 0; i < 16; i++)
        digit[substr("0123456789abcdef", i + 1, 1)] = i
}

# A name as nasm takes it between quotation marks, with its length in a byte.
function printable(text) {
    text = substr(text, 1, longestText)
    gsub(/[^ -~]|"/, "?", text)
    return text
}

# A number in LEB128: seven bits a byte, the lowest first, the highest bit set in all but the last.
function leb128(value,    bytes) {
    for (; value >= 128; value = int(value / 128))
        bytes = bytes (value % 128 + 128) ","
    return bytes value
}

function from_hexadecimal(text,    i, value) {
    for (i = 1; i <= length(text); i++)
        value = value * 16 + digit[substr(text, i, 1)]
    return value
}
