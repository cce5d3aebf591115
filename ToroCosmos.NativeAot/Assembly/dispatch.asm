; Calls through interfaces. r11 = the call site's dispatch cell { stub, cache or slot }, the other registers = the
; call's arguments. A cell begins with a tagged pointer (low two bits not zero); once resolved it points at a Cache
; (InterfaceDispatch.cs), which is complete before it is published. Of it only the pointer to the table of further types
; changes, and empty entries of that table, which get their type last.
%include "macros.inc"

extern ToroResolveInterface

%define CELL_CACHE      8
%define CACHE_FURTHER   8
%define CACHE_COUNT     16
%define CACHE_ENTRIES   24              ; { method table, code address } each
%define TABLE_MASK      0
%define TABLE_ENTRIES   16              ; the same

section .text

global dispatch_begin
dispatch_begin:
FUNCTION RhpInitialInterfaceDispatch
FUNCTION RhpInitialDynamicInterfaceDispatch
    mov rax, [rdi]                      ; a null receiver faults here and is reported at the caller
    mov r10, [r11 + CELL_CACHE]
    test r10b, 3
    jnz dispatch_slow
    push rcx
    mov ecx, [r10 + CACHE_COUNT]
    add r10, CACHE_ENTRIES
.next:
    cmp rax, [r10]
    je .found
    add r10, 16
    dec ecx
    jnz .next

    ; InterfaceDispatch.Place
    mov r10, [r11 + CELL_CACHE]
    mov r10, [r10 + CACHE_FURTHER]
    test r10, r10
    jz .unknown
    mov rcx, rax
    shr rcx, 7
    xor rcx, rax
.probe:
    and rcx, [r10 + TABLE_MASK]
    cmp rax, [r10 + rcx + TABLE_ENTRIES]
    je .found_further
    cmp qword [r10 + rcx + TABLE_ENTRIES], 0
    je .unknown
    add rcx, 16
    jmp .probe

.unknown:
    pop rcx
    jmp dispatch_slow
.found_further:
    mov rax, [r10 + rcx + TABLE_ENTRIES + 8]
    pop rcx
    jmp rax
.found:
    mov rax, [r10 + 8]
    pop rcx
    jmp rax
global dispatch_end
dispatch_end:

dispatch_slow:
    push rdi
    push rsi
    push rdx
    push rcx
    push r8
    push r9
    push r11
    sub rsp, 128                        ; 7 pushes and the return address keep 16-byte alignment
    movdqu [rsp], xmm0
    movdqu [rsp + 16], xmm1
    movdqu [rsp + 32], xmm2
    movdqu [rsp + 48], xmm3
    movdqu [rsp + 64], xmm4
    movdqu [rsp + 80], xmm5
    movdqu [rsp + 96], xmm6
    movdqu [rsp + 112], xmm7
    mov rsi, r11
    call ToroResolveInterface
global dispatch_return
dispatch_return:
    movdqu xmm0, [rsp]
    movdqu xmm1, [rsp + 16]
    movdqu xmm2, [rsp + 32]
    movdqu xmm3, [rsp + 48]
    movdqu xmm4, [rsp + 64]
    movdqu xmm5, [rsp + 80]
    movdqu xmm6, [rsp + 96]
    movdqu xmm7, [rsp + 112]
    add rsp, 128
    pop r11
    pop r9
    pop r8
    pop rcx
    pop rdx
    pop rsi
    pop rdi
    jmp rax

section .note.GNU-stack noalloc noexec nowrite progbits
