; What the class library calls and a bare machine does not have (build/refusals.awk): each throws a
; PlatformNotSupportedException that names it. The throw unwinds to the caller: nothing is on the stack here.
%include "macros.inc"

extern ToroRefuse

%macro REFUSAL 1
[section .text.%1 progbits alloc exec nowrite align=16]
FUNCTION %1
    lea rdi, [%%name]
    jmp ToroRefuse
%%name: db %str(%1), 0
__SECT__
%endmacro

section .text
%include "refusals.inc"

section .note.GNU-stack noalloc noexec nowrite progbits
