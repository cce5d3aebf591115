; Refuses a processor that lacks what this kernel was compiled for, before anything else runs, and names all that it
; lacks: x86-64 in the level that ToroInstructionSet chose (System V x86-64 psABI, Low Level System Information,
; micro-architecture levels) and no-execute pages. The text goes to the first serial port and to the VGA text screen,
; because nothing better exists yet.
%include "macros.inc"

section .boot.text progbits alloc exec nowrite align=16
BITS 32
DEFAULT ABS

%define EAX_BIT 0
%define EBX_BIT 1
%define ECX_BIT 2
%define EDX_BIT 3

; A feature: leaf of CPUID, register of its answer, bit, name.
%macro FEATURE 4
    dd %1
    db %2, %3, %4, 0
%endmacro

%define END_OF_FEATURES 0xFFFFFFFF

long_mode_features:
    FEATURE 0x80000001, EDX_BIT, 29, "long mode (LM)"
    dd END_OF_FEATURES

features:
    FEATURE 0x80000001, EDX_BIT, 20, "no-execute pages (NX)"
    FEATURE 1, EDX_BIT, 0,  "floating point (FPU)"
    FEATURE 1, EDX_BIT, 4,  "time-stamp counter (TSC)"
    FEATURE 1, EDX_BIT, 5,  "model-specific registers (MSR)"
    FEATURE 1, EDX_BIT, 6,  "physical address extension (PAE)"
    FEATURE 1, EDX_BIT, 8,  "8-byte compare and exchange (CX8)"
    FEATURE 1, EDX_BIT, 15, "conditional move (CMOV)"
    FEATURE 1, EDX_BIT, 24, "FXSAVE and FXRSTOR (FXSR)"
    FEATURE 1, EDX_BIT, 25, "SSE"
    FEATURE 1, EDX_BIT, 26, "SSE2"
%if INSTRUCTION_SET_LEVEL >= 2
    FEATURE 0x80000001, ECX_BIT, 0, "LAHF and SAHF"
    FEATURE 1, ECX_BIT, 13, "CMPXCHG16B"
    FEATURE 1, ECX_BIT, 0,  "SSE3"
    FEATURE 1, ECX_BIT, 9,  "SSSE3"
    FEATURE 1, ECX_BIT, 19, "SSE4.1"
    FEATURE 1, ECX_BIT, 20, "SSE4.2"
    FEATURE 1, ECX_BIT, 23, "POPCNT"
%endif
%if INSTRUCTION_SET_LEVEL >= 3
    FEATURE 1, ECX_BIT, 26, "XSAVE"
    FEATURE 0xD, EAX_BIT, 2, "saving of AVX state"
    FEATURE 1, ECX_BIT, 28, "AVX"
    FEATURE 7, EBX_BIT, 5,  "AVX2"
    FEATURE 7, EBX_BIT, 3,  "BMI1"
    FEATURE 7, EBX_BIT, 8,  "BMI2"
    FEATURE 1, ECX_BIT, 29, "F16C"
    FEATURE 1, ECX_BIT, 12, "FMA"
    FEATURE 0x80000001, ECX_BIT, 5, "LZCNT"
    FEATURE 1, ECX_BIT, 22, "MOVBE"
%endif
%if INSTRUCTION_SET_LEVEL >= 4
    FEATURE 0xD, EAX_BIT, 5, "saving of opmask registers"
    FEATURE 0xD, EAX_BIT, 6, "saving of ZMM registers 0 to 15"
    FEATURE 0xD, EAX_BIT, 7, "saving of ZMM registers 16 to 31"
    FEATURE 7, EBX_BIT, 16, "AVX-512F"
    FEATURE 7, EBX_BIT, 30, "AVX-512BW"
    FEATURE 7, EBX_BIT, 28, "AVX-512CD"
    FEATURE 7, EBX_BIT, 17, "AVX-512DQ"
    FEATURE 7, EBX_BIT, 31, "AVX-512VL"
%endif
    dd END_OF_FEATURES

; Returns on a processor that has everything. Keeps EDI and ESI.
global check_cpu
check_cpu:
    push edi
    push esi
    mov edi, 0xB8000                ; where the screen is written next
    xor ebp, ebp                    ; how many features were named

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
    mov esi, name_cpuid
    test eax, 1 << 21
    jz .old

    mov esi, long_mode_features     ; a processor of 32 bits lacks too much for a list
    call check_features
    mov esi, features
    call check_features
    pop esi
    pop edi
    ret
.old:
    call name_missing
    jmp refuse

; ESI = features. Names those that are missing and, if there is one, does not return.
check_features:
    cmp dword [esi], END_OF_FEATURES
    je .done

    ; A leaf above the highest of its range answers with anything (Intel SDM 2A, CPUID).
    mov eax, [esi]
    and eax, 0x80000000
    cpuid
    cmp [esi], eax
    ja .missing
    mov eax, [esi]
    xor ecx, ecx
    cpuid
    push edx
    push ecx
    push ebx
    push eax
    movzx ecx, byte [esi + 4]
    mov eax, [esp + ecx * 4]
    add esp, 16
    movzx ecx, byte [esi + 5]
    bt eax, ecx
    lea esi, [esi + 6]
    jnc .name
.skip:
    lodsb
    test al, al
    jnz .skip
    jmp check_features
.missing:
    lea esi, [esi + 6]
.name:
    call name_missing
    jmp check_features
.done:
    test ebp, ebp
    jnz refuse
    ret

; ESI = name of what is missing; ESI is behind it afterwards.
name_missing:
    push esi
    mov esi, text_comma
    test ebp, ebp
    jnz .begun
    call initialize_serial
    mov esi, text_begin
.begun:
    call print
    pop esi
    inc ebp
    jmp print

refuse:
    mov esi, text_end
    call print
    mov ah, UART_EMPTY              ; what ends the machine must not overtake the text
    call wait_for_serial
    mov dx, 0xF4                    ; isa-debug-exit, where it exists: a failing exit code
    mov eax, 17
    out dx, eax
.halt:
    cli
    hlt
    jmp .halt

; 115200 baud, 8 data bits, no parity, 1 stop bit.
initialize_serial:
    mov dx, COM1 + 3
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
    ret

; ESI = text, EDI = where on the screen; both are behind it afterwards.
print:
    lodsb
    test al, al
    jz .done
    push eax
    mov ah, UART_READY
    call wait_for_serial
    pop eax
    mov dx, COM1
    out dx, al
    mov ah, 0x4F
    stosw
    jmp print
.done:
    ret

; AH = bit of the line status. A port that is not there reads as all ones, and one that hangs is waited for in vain; both
; must not hang the machine.
wait_for_serial:
    mov ecx, 100000
    mov dx, COM1 + 5
.again:
    in al, dx
    test al, ah
    loopz .again
    ret

name_cpuid:     db "the CPUID instruction", 0
text_begin:     db "PANIC: this processor lacks ", 0
text_comma:     db ", ", 0
text_end:       db ", which ToroCosmos needs (baseline: ", INSTRUCTION_SET_NAME, " with NX)", 13, 10, 0

section .note.GNU-stack noalloc noexec nowrite progbits
