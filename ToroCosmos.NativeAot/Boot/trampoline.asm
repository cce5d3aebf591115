; Where an application processor wakes up: real mode, at the start of the page that the SIPI named (Intel SDM 3A,
; MP Initialization Protocol). The code is copied to a page below 1 MiB that the memory map offers, and the addresses
; in it are set by ApplicationProcessors.cs once that page is known.
%include "macros.inc"

section .rodata
align 16
global trampoline_begin, trampoline_end
global trampoline_gdt_base, trampoline_protected_mode_target, trampoline_long_mode_target, trampoline_cr3

trampoline_begin:
BITS 16
DEFAULT ABS
    cli
    cld
    mov ax, cs
    mov ds, ax
    lgdt [gdt_pointer - trampoline_begin]
    mov eax, cr0
    or al, CR0_PE
    mov cr0, eax
    db 0x66, 0xEA                   ; far jump with a 32-bit offset
trampoline_protected_mode_target:
    dd protected_mode - trampoline_begin
    dw CODE32_SELECTOR

align 8
; With their accessed bits set: a processor that finds one clear writes it (Intel SDM 3A, Code- and Data-Segment
; Descriptor Types), and this page is not writable.
gdt:
    dq 0
    dq 0x00AF9B000000FFFF           ; 64-bit code, accessed
    dq 0x00CF93000000FFFF           ; data, accessed
    dq 0x00CF9B000000FFFF           ; 32-bit code, accessed
gdt_pointer:
    dw gdt_pointer - gdt - 1
trampoline_gdt_base:
    dd gdt - trampoline_begin

; mov eax, imm32: the page tables, below 4 GiB
%macro LOAD_ROOT 0
    db 0xB8
trampoline_cr3:
    dd 0
%endmacro

BITS 32
protected_mode:
    mov ax, DATA_SELECTOR
    mov ds, ax
    mov es, ax
    mov ss, ax
    ENABLE_LONG_MODE {LOAD_ROOT}
    db 0xEA                         ; far jump with a 32-bit offset
trampoline_long_mode_target:
    dd long_mode - trampoline_begin
    dw CODE_SELECTOR

; A kernel may lie above 4 GiB, where only a jump of 64-bit code reaches.
BITS 64
DEFAULT REL
long_mode:
    jmp [entry]
align 8
entry:
    dq application_processor_entry
trampoline_end:

extern ToroApplicationProcessorStart
extern load_descriptor_tables
extern set_processor_state

section .text
application_processor_entry:
    LOAD_DATA_SEGMENTS

    ; Whoever exchanges first owns the prepared state; a late or surprising processor finds nothing and halts.
    xchg [application_processor_block], rax
    test rax, rax
    jz .halt
    mov rbx, rax
    mov rcx, [rbx + CORE_THREAD]
    mov rsp, [rcx + THREAD_STACK_TOP]
    xor ebp, ebp
    call set_processor_state
    mov rdi, rbx
    call load_descriptor_tables
    mov rdi, rbx
    call ToroApplicationProcessorStart      ; does not return
.halt:
    cli
    hlt
    jmp .halt

section .data
align 8
global application_processor_block
application_processor_block: dq 0

section .note.GNU-stack noalloc noexec nowrite progbits
