; The note by which QEMU's -kernel and Xen find the 32-bit entry point of a 64-bit kernel (Xen x86/HVM direct boot ABI).
%include "macros.inc"

%define XEN_ELFNOTE_PHYS32_ENTRY 18

extern pvh_entry

section .note.pvh note alloc noexec nowrite align=4
    dd 4, 4, XEN_ELFNOTE_PHYS32_ENTRY   ; name size, descriptor size, type
    db "Xen", 0
    dd pvh_entry

section .note.GNU-stack noalloc noexec nowrite progbits
