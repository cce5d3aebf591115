; What a core's control registers, selectors and floating-point units hold, for tests.
%include "macros.inc"

section .text

FUNCTION state_cr0
    mov rax, cr0
    ret

FUNCTION state_cr4
    mov rax, cr4
    ret

; XCR0; to be called where CR4.OSXSAVE is set.
FUNCTION state_xcr0
    xor ecx, ecx
    xgetbv
    shl rdx, 32
    or rax, rdx
    ret

FUNCTION state_cs
    xor eax, eax
    mov ax, cs
    ret

FUNCTION state_ss
    xor eax, eax
    mov ax, ss
    ret

FUNCTION state_task_register
    xor eax, eax
    str ax
    ret

FUNCTION state_mxcsr
    sub rsp, 8
    stmxcsr [rsp]
    mov eax, [rsp]
    add rsp, 8
    ret

FUNCTION state_x87_control
    sub rsp, 8
    fnstcw [rsp]
    movzx eax, word [rsp]
    add rsp, 8
    ret

section .note.GNU-stack noalloc noexec nowrite progbits
