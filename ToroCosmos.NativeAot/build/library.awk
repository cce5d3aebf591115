# Reads the list of members of the C library that a kernel may have, then ld's map. Prints what made the linker take
# another one: "symbol (used by file)". What that member needs in its turn is not told. The C library is the archive that
# the variable "library" names.

FNR == 1 { file++ }

file == 1 {
    if ($0 !~ /^#/)
        for (i = 1; i <= NF; i++)
            allowed[$i] = 1
    next
}

/^Archive member included/ { inList = 1; next }
/^[A-Z]/ { inList = 0 }
!inList || $0 == "" { next }

# "archive(member)", then, often on the next line, "file (symbol)".
/^[^ \t]/ {
    match($0, /\([^()]*\)/)
    isOfLibrary = substr($0, 1, RSTART - 1) == library
    member = name(substr($0, RSTART + 1, RLENGTH - 2))
    $0 = substr($0, RSTART + RLENGTH)
}

/\([^()]*\)[ \t]*$/ {
    match($0, /\([^()]*\)[ \t]*$/)
    symbol = substr($0, RSTART + 1)
    sub(/\).*/, "", symbol)
    user = substr($0, 1, RSTART - 1)
    gsub(/^[ \t]+|[ \t]+$/, "", user)
    usedByLibrary = index(user, library "(") == 1
    sub(/.*\//, "", user)
    if (isOfLibrary && !(member in allowed) && (!usedByLibrary || name(inner(user)) in allowed))
        print symbol " (used by " user ")"
}

function inner(text) {
    sub(/.*\(/, "", text)
    sub(/\).*/, "", text)
    return text
}

# The archive of some distributions has .lo, of others .o.
function name(text) {
    sub(/\.l?o$/, "", text)
    return text
}
