; Allocation of ordinary objects: bumps the thread's own pointer; no other thread and no interrupt handler touches it.
%include "macros.inc"

extern ToroAllocateSlow

section .text

; rdi = method table; returns the object. Memory of an allocation area is zero.
FUNCTION RhpNewFast
    mov rcx, [gs:CORE_THREAD]
    mov edx, [rdi + 4]              ; MethodTable.BaseSize, a multiple of 8
    mov rax, [rcx + THREAD_ALLOC_POINTER]
    add rdx, rax
    cmp rdx, [rcx + THREAD_ALLOC_LIMIT]
    ja .slow
    mov [rcx + THREAD_ALLOC_POINTER], rdx
    mov [rax], rdi
    ret
.slow:
    mov esi, [rdi + 4]
    jmp ToroAllocateSlow

section .note.GNU-stack noalloc noexec nowrite progbits
