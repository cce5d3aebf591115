; The state that compiled code finds a processor in. Firmware and boot loaders leave it as they like, and INIT keeps part
; of it (Intel SDM 3A, Processor State After Reset and INIT): every core sets all of it before it runs C#.
%include "macros.inc"

section .text
BITS 64

; On the boot core: chooses the vector state that all cores enable, which is all that the interrupt entry can save and
; compiled code may use. Keeps rdi and rsi.
FUNCTION choose_processor_state
    push rbx
    mov eax, 1
    cpuid
    bt ecx, 26                      ; XSAVE
    jnc .chosen
    mov eax, 0xD
    xor ecx, ecx
    cpuid
    and eax, STATE_X87 | STATE_SSE | STATE_AVX | STATE_AVX512

    ; The three components of AVX-512 are enabled together, and with AVX (Intel SDM 1, Enabling the XSAVE Feature Set).
    mov ecx, eax
    not ecx
    test ecx, STATE_AVX | STATE_AVX512
    jz .store
    and eax, ~STATE_AVX512
.store:
    mov [extended_state], eax
.chosen:
    pop rbx
    ret

; On every core. Keeps rbx, rdi and rsi.
FUNCTION set_processor_state
    push rbx
    mov eax, 1
    cpuid
    mov eax, CR4_PAE | CR4_OSFXSR | CR4_OSXMMEXCPT
    bt edx, 7                       ; machine checks
    jnc .without_machine_check
    or eax, CR4_MCE
.without_machine_check:
    cmp dword [extended_state], 0
    je .without_xsave
    or eax, CR4_OSXSAVE
    mov cr4, rax
    xor ecx, ecx
    xor edx, edx
    mov eax, [extended_state]
    xsetbv
    jmp .floating_point
.without_xsave:
    mov cr4, rax
.floating_point:
    fninit
    ldmxcsr [default_mxcsr]
    pop rbx
    ret

section .rodata
align 4
; No exception, rounding to the nearest (Intel SDM 1, MXCSR Control and Status Register).
default_mxcsr: dd 0x1F80

section .data
align 4
; Bits of XCR0 on every core; 0 where FXSAVE is all there is.
extended_state: dd 0

section .note.GNU-stack noalloc noexec nowrite progbits
