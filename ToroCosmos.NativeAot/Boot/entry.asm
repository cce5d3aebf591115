; From the boot protocol's 32-bit protected mode to C# in long mode on the boot core.
%include "macros.inc"

extern ToroBoot
extern boot_stack_top
extern check_cpu
extern choose_processor_state
extern set_processor_state
extern __security_cookie

section .boot.text progbits alloc exec nowrite align=16
BITS 32
DEFAULT ABS

; Multiboot2: EAX = magic of the protocol, EBX = information. PVH: EBX = start info, EAX is not defined.
global pvh_entry
pvh_entry:
    xor eax, eax
global _start
_start:
    cli
    cld
    mov esp, boot_stack_top
    mov edi, eax
    mov esi, ebx
    call check_cpu                  ; does not return on a processor below the baseline
    rdtsc
    mov [entry_timestamp], eax
    mov [entry_timestamp + 4], edx

    ; Identity map of the first 4 GiB with 2 MiB pages, in use only until C# has built the final tables.
    mov eax, boot_pdpt
    or eax, 3                       ; present, writable
    mov [boot_pml4], eax
    xor ecx, ecx
.next_directory:
    mov eax, ecx
    shl eax, 12
    add eax, boot_directories
    or eax, 3
    mov [boot_pdpt + ecx * 8], eax
    inc ecx
    cmp ecx, 4
    jb .next_directory
    xor ecx, ecx
.next_page:
    mov eax, ecx
    shl eax, 21
    or eax, 0x83                    ; present, writable, 2 MiB
    mov [boot_directories + ecx * 8], eax
    inc ecx
    cmp ecx, 2048
    jb .next_page

    lgdt [boot_gdt_pointer]
    ENABLE_LONG_MODE {mov eax, boot_pml4}
    jmp CODE_SELECTOR:long_mode

BITS 64
DEFAULT REL
long_mode:
    LOAD_DATA_SEGMENTS
    mov rsp, boot_stack_top
    xor ebp, ebp
    rdtsc                           ; stack buffers are guarded by a value that differs from boot to boot
    mov [__security_cookie], eax
    mov [__security_cookie + 4], edx
    mov edi, edi                    ; the upper halves are undefined after the mode switch
    mov esi, esi
    call choose_processor_state
    call set_processor_state
    call ToroBoot                   ; does not return
    ud2

; The time-stamp counter as it was when the boot loader had handed over.
section .text
FUNCTION ToroEntryTimestamp
    mov rax, [entry_timestamp]
    ret

section .rodata
align 8
; Accessed, so that the processor never writes these constants.
boot_gdt:
    dq 0
    dq 0x00AF9B000000FFFF           ; 64-bit code, accessed
    dq 0x00CF93000000FFFF           ; data, accessed
boot_gdt_end:

section .boot.text
boot_gdt_pointer:
    dw boot_gdt_end - boot_gdt - 1
    dd boot_gdt

section .bss
alignb 4096
boot_pml4:          resb 4096
boot_pdpt:          resb 4096
boot_directories:   resb 4 * 4096
entry_timestamp:    resq 1

section .note.GNU-stack noalloc noexec nowrite progbits
