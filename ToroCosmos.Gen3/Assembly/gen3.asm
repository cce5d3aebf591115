; What only kernels for Cosmos gen3 have of the start-up code, and the addresses that C# needs.
%include "macros.inc"

%define MSR_PAT 0x277

extern trampoline_begin, trampoline_end, trampoline_gdt_base, trampoline_protected_mode_target
extern trampoline_long_mode_target, trampoline_cr3, application_processor_block
extern interrupt_stubs, interrupt_table, end_of_interrupt_register, extended_state_size
extern __kernel_start, __kernel_end

section .text

; On every other core: the state in which Cosmos has put the boot core (ApplicationProcessors.cs notes it). Keeps rbx.
FUNCTION set_processor_state
    mov rax, [boot_cr4]
    mov cr4, rax
    bt rax, 18                      ; CR4.OSXSAVE
    jnc .without_xsave
    xor ecx, ecx
    mov eax, [boot_xcr0]
    mov edx, [boot_xcr0 + 4]
    xsetbv
.without_xsave:
    mov eax, [boot_pat]
    mov edx, [boot_pat + 4]
    mov ecx, MSR_PAT
    wrmsr
    fninit
    ldmxcsr [default_mxcsr]
    ret

; rdi = the boot core's block.
FUNCTION set_core_block
    mov eax, edi
    mov rdx, rdi
    shr rdx, 32
    mov ecx, MSR_GS_BASE
    wrmsr
    ret

FUNCTION cpu_read_cr4
    mov rax, cr4
    ret

; Only where CR4.OSXSAVE is set.
FUNCTION cpu_read_xcr0
    xor ecx, ecx
    xgetbv
    shl rdx, 32
    or rax, rdx
    ret

; rdi = 10 bytes for the limit and the address of this core's table of interrupts.
FUNCTION cpu_store_interrupt_table
    sidt [rdi]
    ret

FUNCTION cpu_code_selector
    mov eax, cs
    ret

FUNCTION gen3_image_layout
    lea rax, [layout]
    ret

section .rodata
align 8
; The C# struct ImageLayout, in the same order.
layout:
    dq __kernel_start, __kernel_end
    dq interrupt_table, interrupt_stubs, end_of_interrupt_register, extended_state_size
    dq trampoline_begin, trampoline_end, trampoline_gdt_base, trampoline_protected_mode_target
    dq trampoline_long_mode_target, trampoline_cr3, application_processor_block
    dq boot_cr4, boot_xcr0, boot_pat
; No exception, rounding to the nearest (Intel SDM 1, MXCSR Control and Status Register).
default_mxcsr: dd 0x1F80

section .data
align 8
boot_cr4:   dq 0
boot_xcr0:  dq 0
boot_pat:   dq 0

section .note.GNU-stack noalloc noexec nowrite progbits
