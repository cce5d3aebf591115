; Instructions that C# has no word for: the assembly half of the hardware seam, and what cores are set up with.
%include "macros.inc"

section .text

FUNCTION ToroReadTimestamp
    rdtsc
    shl rdx, 32
    or rax, rdx
    ret

FUNCTION ToroCurrentCore
    mov eax, [gs:CORE_ID]
    ret

FUNCTION ToroAreInterruptsEnabled
    pushfq
    pop rax
    shr eax, 9                      ; the interrupt flag
    and eax, 1
    ret

FUNCTION ToroDisableInterrupts
    cli
    ret

FUNCTION ToroEnableInterrupts
    sti
    ret

FUNCTION ToroEnableInterruptsAndHalt
    sti                             ; takes effect after the next instruction
    hlt
    ret

FUNCTION ToroReadMsr
    mov ecx, edi
    rdmsr
    shl rdx, 32
    or rax, rdx
    ret

FUNCTION ToroWriteMsr
    mfence                          ; stores before an x2APIC command must be visible to the interrupted core
    lfence                          ; (Intel SDM 3A, MSR Access in x2APIC Mode)
    mov ecx, edi
    mov eax, esi
    mov rdx, rsi
    shr rdx, 32
    wrmsr
    ret

FUNCTION ToroPortRead8
    mov edx, edi
    xor eax, eax
    in al, dx
    ret

FUNCTION ToroPortRead16
    mov edx, edi
    xor eax, eax
    in ax, dx
    ret

FUNCTION ToroPortRead32
    mov edx, edi
    in eax, dx
    ret

FUNCTION ToroPortWrite8
    mov edx, edi
    mov eax, esi
    out dx, al
    ret

FUNCTION ToroPortWrite16
    mov edx, edi
    mov eax, esi
    out dx, ax
    ret

FUNCTION ToroPortWrite32
    mov edx, edi
    mov eax, esi
    out dx, eax
    ret

FUNCTION ToroDisableInterruptsAndHalt
    cli
    hlt
    ret

FUNCTION cpu_core_block
    mov rax, [gs:CORE_SELF]
    ret

FUNCTION cpu_read_cr2
    mov rax, cr2
    ret

FUNCTION cpu_read_cr3
    mov rax, cr3
    ret

FUNCTION cpu_write_cr3
    mov cr3, rdi
    ret

FUNCTION cpu_invalidate_page
    invlpg [rdi]
    ret

FUNCTION cpu_disable_caches
    mov rax, cr0
    or eax, CR0_CD
    mov cr0, rax
    wbinvd
    mov rax, cr3                    ; forgets translations, and the memory types with them
    mov cr3, rax
    ret

FUNCTION cpu_enable_caches
    wbinvd
    mov rax, cr3
    mov cr3, rax
    mov eax, CR0_VALUE
    mov cr0, rax
    ret

; rdi = core block whose GDT, with its TSS, and whose gs base this core takes; and the table of interrupts.
FUNCTION load_descriptor_tables
    lgdt [rdi + CORE_GDT_LIMIT]
    LOAD_DATA_SEGMENTS
    pop rcx                         ; a far return reloads the code segment
    push CODE_SELECTOR
    push rcx
    mov eax, edi
    mov rdx, rdi
    shr rdx, 32
    mov ecx, MSR_GS_BASE
    wrmsr
    mov ecx, MSR_FS_BASE            ; compiled C code reads its stack protector's value at fs:0x28
    wrmsr
    lidt [interrupt_table_pointer]
    mov eax, TSS_SELECTOR
    ltr ax
    retfq

section .rodata
align 8
interrupt_table_pointer:
    dw 256 * 16 - 1
    dq interrupt_table

section .bss
alignb 4096
global interrupt_table
interrupt_table: resb 256 * 16

section .note.GNU-stack noalloc noexec nowrite progbits
