; Moving and clearing memory, and the stores of references. They are leaves that touch no stack, so that a null
; reference met here can be reported at their caller: everything between leaf_begin and leaf_end.
%include "macros.inc"

section .text.leaf progbits alloc exec nowrite align=16

global leaf_begin
leaf_begin:

; There is no garbage collector to tell, so a store of a reference is a plain store.
FUNCTION RhpAssignRef
FUNCTION RhpCheckedAssignRef
    mov [rdi], rsi
    ret

FUNCTION RhpByRefAssignRef
    mov rcx, [rsi]
    mov [rdi], rcx
    add rdi, 8
    add rsi, 8
    ret

FUNCTION RhpCheckedXchg
    mov rax, rsi
    xchg [rdi], rax
    ret

; rdi = where, rsi = new value, rdx = comparand
FUNCTION RhpCheckedLockCmpXchg
    mov rax, rdx
    lock cmpxchg [rdi], rsi
    ret

; rdi = destination, rsi = source, rdx = bytes; the areas may overlap. References move as whole words: aligned 8-byte
; moves do not tear. No rep movsb: emulators take it a byte at a time.
FUNCTION RhBulkMoveWithWriteBarrier
FUNCTION memcpy
FUNCTION memmove
    mov rax, rdi
    mov rcx, rdi
    sub rcx, rsi
    cmp rcx, rdx
    jb .backward                    ; destination begins inside the source
.forward_32:
    cmp rdx, 32
    jb .forward_8
    mov rcx, [rsi]
    mov r8, [rsi + 8]
    mov r9, [rsi + 16]
    mov r10, [rsi + 24]
    mov [rdi], rcx
    mov [rdi + 8], r8
    mov [rdi + 16], r9
    mov [rdi + 24], r10
    add rsi, 32
    add rdi, 32
    sub rdx, 32
    jmp .forward_32
.forward_8:
    cmp rdx, 8
    jb .forward_1
    mov rcx, [rsi]
    mov [rdi], rcx
    add rsi, 8
    add rdi, 8
    sub rdx, 8
    jmp .forward_8
.forward_1:
    test rdx, rdx
    jz .done
    mov cl, [rsi]
    mov [rdi], cl
    inc rsi
    inc rdi
    dec rdx
    jmp .forward_1
.backward:
    cmp rdx, 8
    jb .backward_1
    mov rcx, [rsi + rdx - 8]
    mov [rdi + rdx - 8], rcx
    sub rdx, 8
    jmp .backward
.backward_1:
    test rdx, rdx
    jz .done
    mov cl, [rsi + rdx - 1]
    mov [rdi + rdx - 1], cl
    dec rdx
    jmp .backward_1
.done:
    ret

; rdi = destination, esi = byte, rdx = bytes
FUNCTION memset
    mov rax, rdi
    movzx ecx, sil
    mov r8, 0x0101010101010101
    imul rcx, r8
.next_32:
    cmp rdx, 32
    jb .next_8
    mov [rdi], rcx
    mov [rdi + 8], rcx
    mov [rdi + 16], rcx
    mov [rdi + 24], rcx
    add rdi, 32
    sub rdx, 32
    jmp .next_32
.next_8:
    cmp rdx, 8
    jb .next_1
    mov [rdi], rcx
    add rdi, 8
    sub rdx, 8
    jmp .next_8
.next_1:
    test rdx, rdx
    jz .filled
    mov [rdi], cl
    inc rdi
    dec rdx
    jmp .next_1
.filled:
    ret

; rdi = destination, rsi = bytes
FUNCTION RhpGcSafeZeroMemory
    mov rdx, rsi
    xor esi, esi
    jmp memset

; r11 = the lowest address that the caller is about to use. Touches every page down to it, so that a frame of many
; pages meets the guard page instead of leaping over it. Keeps all other registers.
FUNCTION RhpStackProbe
    push rax
    mov rax, rsp
    and rax, -4096
.next:
    sub rax, 4096
    test [rax], eax
    cmp rax, r11
    ja .next
    pop rax
    ret

global leaf_end
leaf_end:

section .note.GNU-stack noalloc noexec nowrite progbits
