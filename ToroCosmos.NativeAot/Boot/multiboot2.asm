; The header by which GRUB and other Multiboot2 loaders recognize the kernel (Multiboot2 Specification, OS image format).
%include "macros.inc"

%define MAGIC           0xE85250D6
%define ARCHITECTURE    0               ; 32-bit protected mode of i386
%define TAG_FRAMEBUFFER 5
%define TAG_ALIGNMENT   6
%define OPTIONAL        1

section .multiboot2 progbits alloc noexec nowrite align=8
header:
    dd MAGIC, ARCHITECTURE, header_end - header
    dd 0x100000000 - (MAGIC + ARCHITECTURE + (header_end - header))

    ; A linear framebuffer of any size with 32-bit pixels, where the firmware has no text screen (UEFI).
    align 8, db 0
    dw TAG_FRAMEBUFFER, OPTIONAL
    dd 20
    dd 0, 0, 32

    ; Modules and tables on page boundaries.
    align 8, db 0
    dw TAG_ALIGNMENT, OPTIONAL
    dd 8

    ; End of tags.
    align 8, db 0
    dw 0, 0
    dd 8
header_end:

section .note.GNU-stack noalloc noexec nowrite progbits
