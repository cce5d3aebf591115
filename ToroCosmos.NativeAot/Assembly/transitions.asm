; The borders between managed and unmanaged code, which a garbage collector would want to know of. There is none.
%include "macros.inc"

section .text

FUNCTION RhpPInvoke
FUNCTION RhpPInvokeReturn
FUNCTION RhpReversePInvoke
FUNCTION RhpReversePInvokeReturn
    ret

; Code that is optimized looks at RhpTrapThreads, which is never set, before it calls this; other code calls it every time.
FUNCTION RhpGcPoll
    ret

section .note.GNU-stack noalloc noexec nowrite progbits
