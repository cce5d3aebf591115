; Refuses a processor below the baseline before anything else runs, and names what it lacks: x86-64 with the features
; every x86-64 processor has, plus no-execute pages (AMD64 baseline of the System V psABI: CMOV, CX8, FPU, FXSR, MMX,
; SCE apart, SSE, SSE2; and NX). The text goes to the first serial port and to the VGA text screen, because nothing
; better exists yet.
%include "macros.inc"

section .boot.text progbits alloc exec nowrite align=16
BITS 32
DEFAULT ABS

%macro REQUIRE 3                    ; register, bit, name
    mov ebx, %%name
    bt %1, %2
    jnc missing
    jmp %%done
%%name: db %3, 0
%%done:
%endmacro

; Keeps EDI and ESI.
global check_cpu
check_cpu:
    ; CPUID exists when bit 21 of EFLAGS can be changed (Intel SDM 2A, CPUID).
    pushfd
    pop eax
    mov ecx, eax
    xor eax, 1 << 21
    push eax
    popfd
    pushfd
    pop eax
    xor eax, ecx
    mov ebx, name_cpuid
    test eax, 1 << 21
    jz missing

    mov eax, 0x80000000
    cpuid
    mov ebx, name_long_mode
    cmp eax, 0x80000001
    jb missing
    mov eax, 0x80000001
    cpuid
    mov ecx, edx
    REQUIRE ecx, 29, "long mode (LM)"
    REQUIRE ecx, 20, "no-execute pages (NX)"
    mov eax, 1
    cpuid
    REQUIRE edx, 0,  "floating point (FPU)"
    REQUIRE edx, 4,  "time-stamp counter (TSC)"
    REQUIRE edx, 5,  "model-specific registers (MSR)"
    REQUIRE edx, 6,  "physical address extension (PAE)"
    REQUIRE edx, 8,  "8-byte compare and exchange (CX8)"
    REQUIRE edx, 15, "conditional move (CMOV)"
    REQUIRE edx, 24, "FXSAVE and FXRSTOR (FXSR)"
    REQUIRE edx, 25, "SSE"
    REQUIRE edx, 26, "SSE2"
    ret

; EBX = what is missing. Never returns.
missing:
    push ebx
    mov dx, COM1 + 3                ; 115200 baud, 8 data bits, no parity, 1 stop bit
    mov al, 0x80
    out dx, al
    mov dx, COM1
    mov al, 1
    out dx, al
    mov dx, COM1 + 1
    xor al, al
    out dx, al
    mov dx, COM1 + 3
    mov al, 3
    out dx, al
    mov edi, 0xB8000
    mov esi, text_begin
    call print
    pop esi
    call print
    mov esi, text_end
    call print
    mov dx, 0xF4                    ; isa-debug-exit, where it exists: a failing exit code
    mov eax, 17
    out dx, eax
.halt:
    cli
    hlt
    jmp .halt

; ESI = text, EDI = where on the screen.
print:
    lodsb
    test al, al
    jz .done
    mov ah, al
    mov ecx, 100000                 ; a serial port that is not there must not hang the machine
.wait:
    mov dx, COM1 + 5
    in al, dx
    test al, 0x20
    loopz .wait
    mov al, ah
    mov dx, COM1
    out dx, al
    mov ah, 0x4F
    stosw
    jmp print
.done:
    ret

name_cpuid:     db "the CPUID instruction", 0
name_long_mode: db "long mode (LM)", 0
text_begin:     db "PANIC: this processor lacks ", 0
text_end:       db ", which ToroCosmos needs (baseline: x86-64 with NX)", 13, 10, 0

section .note.GNU-stack noalloc noexec nowrite progbits
