; Plays a firmware that leaves the processor in an unusual state: sets all that it can and the kernel must not inherit,
; then goes to the kernel's own entry. Its note stands before the kernel's, and QEMU takes the first.
%include "macros.inc"

%define CR4_TSD         (1 << 2)
%define CR4_DE          (1 << 3)
%define CR4_PGE         (1 << 7)
%define CR4_PCE         (1 << 8)
%define CR4_UMIP        (1 << 11)
%define CR4_LA57        (1 << 12)
%define CR4_FSGSBASE    (1 << 16)
%define CR4_SMEP        (1 << 20)
%define CR4_SMAP        (1 << 21)
%define CR4_PKE         (1 << 22)
%define CR0_TS          (1 << 3)
%define CR0_AM          (1 << 18)
%define EFER_SCE        (1 << 0)
%define EFER_FFXSR      (1 << 14)

extern pvh_entry

section .note.pvh note alloc noexec nowrite align=4
    dd 4, 4, 18                     ; XEN_ELFNOTE_PHYS32_ENTRY, as in pvh.asm
    db "Xen", 0
    dd left_over_entry

section .boot.text progbits alloc exec nowrite align=16
BITS 32
DEFAULT ABS

; Adds bits to ESI where the processor has a feature: %1 = register of the answer, %2 = its bit, %3 = the bits.
%macro WHERE_SUPPORTED 3
    bt %1, %2
    jnc %%done
    or esi, %3
%%done:
%endmacro

left_over_entry:
    mov edi, ebx                    ; the start info
    mov esi, CR4_TSD | CR4_DE | CR4_PGE | CR4_PCE | CR4_OSFXSR
    xor eax, eax
    cpuid
    cmp eax, 7
    jb .cr4
    mov eax, 7
    xor ecx, ecx
    cpuid
    WHERE_SUPPORTED ebx, 0, CR4_FSGSBASE
    WHERE_SUPPORTED ebx, 7, CR4_SMEP
    WHERE_SUPPORTED ebx, 20, CR4_SMAP
    WHERE_SUPPORTED ecx, 2, CR4_UMIP
    WHERE_SUPPORTED ecx, 3, CR4_PKE
    WHERE_SUPPORTED ecx, 16, CR4_LA57
.cr4:
    mov cr4, esi
    mov eax, 0x80000001
    cpuid
    xor esi, esi
    WHERE_SUPPORTED edx, 11, EFER_SCE
    WHERE_SUPPORTED edx, 25, EFER_FFXSR
    mov ecx, MSR_EFER
    rdmsr
    or eax, esi
    wrmsr
    fldcw [x87_control]
    ldmxcsr [mxcsr]
    mov eax, cr0
    or eax, CR0_TS | CR0_AM
    mov cr0, eax
    mov ebx, edi
    jmp pvh_entry

align 4
mxcsr:       dd 0xFFC0              ; rounding towards zero, denormals are zero
x87_control: dw 0x0C7F              ; rounding towards zero, single precision

section .note.GNU-stack noalloc noexec nowrite progbits
