; Where a throw leaves managed code and where handlers are entered. The dispatcher itself, with its two passes, is the
; class library's (RhThrowEx, RhRethrow, RhThrowHwEx); the offsets below are those it was compiled with.
%include "macros.inc"

extern RhThrowEx
extern RhRethrow
extern RhThrowHwEx

%define KIND_THROW          1
%define KIND_HARDWARE_FAULT 2

section .text

; Builds a context and an ExInfo on the stack, pushes the ExInfo on the thread's list. %1 = kind of the exception.
; Entered with rax = instruction pointer, rcx = stack pointer of the thrower; leaves rsi = the ExInfo.
%macro BUILD_EXINFO 1
    ; 8 more bytes than the two structures keep the alignment: rsp was 8 off 16.
    sub rsp, CONTEXT_SIZE + EXINFO_SIZE + 8
    lea rdx, [rsp + EXINFO_SIZE]
    mov [rdx + CONTEXT_IP], rax
    mov [rdx + CONTEXT_RSP], rcx
    mov [rdx + CONTEXT_RBP], rbp
    mov [rdx + CONTEXT_RBX], rbx
    mov [rdx + CONTEXT_R12], r12
    mov [rdx + CONTEXT_R13], r13
    mov [rdx + CONTEXT_R14], r14
    mov [rdx + CONTEXT_R15], r15
    mov [rsp + EXINFO_CONTEXT], rdx
    xor edx, edx
    mov [rsp + EXINFO_EXCEPTION], rdx
    mov byte [rsp + EXINFO_KIND], %1
    mov byte [rsp + EXINFO_PASS], 1
    mov dword [rsp + EXINFO_CLAUSE], -1
    mov rcx, [gs:CORE_THREAD]
    mov rdx, [rcx + THREAD_EXINFO_HEAD]
    mov [rsp + EXINFO_PREVIOUS], rdx
    mov [rcx + THREAD_EXINFO_HEAD], rsp
    mov rsi, rsp
%endmacro

; rdi = the exception
FUNCTION RhpThrowEx
    mov rax, [rsp]
    lea rcx, [rsp + 8]
    BUILD_EXINFO KIND_THROW
    call RhThrowEx
    ud2

FUNCTION RhpRethrow
    mov rax, [rsp]
    lea rcx, [rsp + 8]
    mov rdi, [gs:CORE_THREAD]
    mov rdi, [rdi + THREAD_EXINFO_HEAD]     ; the exception being handled
    BUILD_EXINFO KIND_THROW
    call RhRethrow
    ud2

; Entered by returning from a fault, below the faulting code's frame: edi = exception code, rsi = faulting
; instruction, rdx = stack pointer there.
FUNCTION RhpThrowHwEx
    mov rax, rsi
    mov rcx, rdx
    BUILD_EXINFO KIND_HARDWARE_FAULT
    call RhThrowHwEx
    ud2

%macro PUSH_PRESERVED 0
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
%endmacro

%macro POP_PRESERVED 0
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
%endmacro

; %1 = register that holds the REGDISPLAY
%macro LOAD_PRESERVED 1
    mov rbx, [%1 + REGDISPLAY_RBX]
    mov rbp, [%1 + REGDISPLAY_RBP]
    mov r12, [%1 + REGDISPLAY_R12]
    mov r13, [%1 + REGDISPLAY_R13]
    mov r14, [%1 + REGDISPLAY_R14]
    mov r15, [%1 + REGDISPLAY_R15]
%endmacro

; rdi = exception, rsi = funclet, rdx = REGDISPLAY, rcx = ExInfo. Never returns: continues where the funclet says, on
; the catching frame.
FUNCTION RhpCallCatchFunclet
    PUSH_PRESERVED
    push rdx                        ; 7 pushes and the return address: aligned
    mov rax, rsi
    LOAD_PRESERVED rdx
    call rax
global catch_funclet_return
catch_funclet_return:
    mov rdx, [rsp]
    mov rdx, [rdx + REGDISPLAY_SP]
    ; Every ExInfo below the frame that goes on is done with.
    mov rsi, [gs:CORE_THREAD]
    mov rcx, [rsi + THREAD_EXINFO_HEAD]
.pop:
    test rcx, rcx
    jz .popped
    cmp rcx, rdx
    jae .popped
    mov rcx, [rcx + EXINFO_PREVIOUS]
    jmp .pop
.popped:
    mov [rsi + THREAD_EXINFO_HEAD], rcx
    mov rsp, rdx
    jmp rax

; rdi = funclet, rsi = REGDISPLAY
FUNCTION RhpCallFinallyFunclet
    PUSH_PRESERVED
    push rsi
    mov rax, rdi
    LOAD_PRESERVED rsi
    call rax
global finally_funclet_return
finally_funclet_return:
    pop rsi
    POP_PRESERVED
    ret

; rdi = exception, rsi = funclet, rdx = REGDISPLAY; returns the filter's answer
FUNCTION RhpCallFilterFunclet
    PUSH_PRESERVED
    push rdx
    mov rax, rsi
    LOAD_PRESERVED rdx
    call rax
global filter_funclet_return
filter_funclet_return:
    pop rdx
    POP_PRESERVED
    ret

section .note.GNU-stack noalloc noexec nowrite progbits

section .text
; rdi = REGDISPLAY to fill with the caller's registers and its current position
FUNCTION capture_registers
    mov [rdi + REGDISPLAY_RBX], rbx
    mov [rdi + REGDISPLAY_RBP], rbp
    mov [rdi + REGDISPLAY_R12], r12
    mov [rdi + REGDISPLAY_R13], r13
    mov [rdi + REGDISPLAY_R14], r14
    mov [rdi + REGDISPLAY_R15], r15
    lea rax, [rsp + 8]
    mov [rdi + REGDISPLAY_SP], rax
    mov rax, [rsp]
    mov [rdi + REGDISPLAY_IP], rax
    ret
