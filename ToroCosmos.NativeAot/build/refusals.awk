# Reads what nm lists of all objects and libraries that a kernel is linked of. Prints the functions that the class library
# calls and none of them has, as source for nasm: Assembly/refusals.asm has each of them throw an exception with its name.
# What else is missing is the linker's to say: it is the kernel's own code that calls it.

# The prefixes under which the class library calls its runtime, its native libraries and a listener to its events.
$1 == "U" && $2 ~ /^(Rh|SystemNative_|GlobalizationNative_|CompressionNative_|Brotli|CryptoNative_|NetSecurityNative_|NativeRuntimeEventSource_|EventPipeInternal_)/ {
    wanted[$2] = 1
}

$2 ~ /^[A-TV-Zi]$/ {
    defined[$3] = 1
}

END {
    for (name in wanted)
        if (!(name in defined))
            print "REFUSAL " name | "LC_ALL=C sort"
}
