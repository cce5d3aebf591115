; Instructions that only this runtime and the class library use, and the stack that it boots on.
%include "macros.inc"

section .text

; CPUID for the class library: rdi = int[4] for EAX, EBX, ECX, EDX; esi = leaf; edx = subleaf.
FUNCTION RhCpuIdEx
    push rbx
    mov eax, esi
    mov ecx, edx
    cpuid
    mov [rdi], eax
    mov [rdi + 4], ebx
    mov [rdi + 8], ecx
    mov [rdi + 12], edx
    pop rbx
    ret

FUNCTION cpu_thread_block
    mov rax, [gs:CORE_THREAD]
    ret

; True and *rdi = a random number when the processor has RDRAND and it answered.
FUNCTION cpu_random
    mov ecx, 16
.again:
    rdrand rax
    jc .got
    dec ecx
    jnz .again
    xor eax, eax
    ret
.got:
    mov [rdi], rax
    mov eax, 1
    ret

section .bss
; The boot core's stack, with a page below it that the final page tables leave unmapped.
alignb 4096
global boot_stack_guard, boot_stack_top
boot_stack_guard: resb 4096
                  resb STACK_SIZE
boot_stack_top:

section .note.GNU-stack noalloc noexec nowrite progbits
