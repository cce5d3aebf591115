; Holds patterns in all vector registers of a width while interrupts arrive, and fills them with others; for VectorSuite.
%include "macros.inc"

%define OPMASK_COUNT 8

; %1 = instruction, %2 = register name without its number, %3 = how many, %4 = bytes of each: from [rdi] on, or to [rsi] on
%macro LOAD_ALL 4
%assign i 0
%rep %3
    %1 %2 %+ i, [rdi + i * %4]
%assign i i + 1
%endrep
%endmacro

%macro STORE_ALL 4
%assign i 0
%rep %3
    %1 [rsi + i * %4], %2 %+ i
%assign i i + 1
%endrep
%endmacro

section .text

; rdi = pattern, rsi = result, rdx = an interrupt counter of this core, ecx = the count to wait for, r8d = how often to
; look. Interrupts are enabled between loading and storing only. Returns whether the count was reached.
%macro HOLD 0
    sti
%%again:
    cmp [rdx], ecx
    jge %%reached
    pause
    dec r8d
    jnz %%again
%%reached:
    cli
    cmp [rdx], ecx
    setge al
    movzx eax, al
%endmacro

FUNCTION hold_xmm
    LOAD_ALL movdqu, xmm, 16, 16
    HOLD
    STORE_ALL movdqu, xmm, 16, 16
    ret

FUNCTION hold_ymm
    LOAD_ALL vmovdqu, ymm, 16, 32
    HOLD
    STORE_ALL vmovdqu, ymm, 16, 32
    vzeroupper
    ret

; 32 registers of 64 bytes, then the opmask registers, of 64 bits with AVX-512BW, from 2048 on.
FUNCTION hold_zmm
    LOAD_ALL vmovdqu64, zmm, 32, 64
    add rdi, 2048
    LOAD_ALL kmovq, k, OPMASK_COUNT, 8
    HOLD
    STORE_ALL vmovdqu64, zmm, 32, 64
    add rsi, 2048
    STORE_ALL kmovq, k, OPMASK_COUNT, 8
    vzeroupper
    ret

; rdi = what to fill the registers with
FUNCTION fill_xmm
    LOAD_ALL movdqu, xmm, 16, 16
    ret

FUNCTION fill_ymm
    LOAD_ALL vmovdqu, ymm, 16, 32
    ret

FUNCTION fill_zmm
    LOAD_ALL vmovdqu64, zmm, 32, 64
    add rdi, 2048
    LOAD_ALL kmovq, k, OPMASK_COUNT, 8
    ret

; rdi = what to fill the registers with, rsi = where they go after edx turns of a loop; whatever interrupts may come.
FUNCTION hold_through_spin
    LOAD_ALL movdqu, xmm, 16, 16
.again:
    dec edx
    jnz .again
    STORE_ALL movdqu, xmm, 16, 16
    ret

section .note.GNU-stack noalloc noexec nowrite progbits
