; From one thread's stack to another's.
%include "macros.inc"

extern extended_state_size

extern ToroThreadMain

section .text

; rdi = the block of the running thread, rsi = that of the one to run, interrupts disabled. Returns to the other one, where
; it called this; to the caller when some core switches back. What a call keeps is kept (System V x86-64 psABI): the
; preserved registers and the control words of the floating-point units.
FUNCTION switch_thread
    push rbx
    push rbp
    push r12
    push r13
    push r14
    push r15
    sub rsp, 8
    stmxcsr [rsp]
    fnstcw [rsp + 4]
    mov [rdi + THREAD_SAVED_POINTER], rsp
    mov rsp, [rsi + THREAD_SAVED_POINTER]
    mov [gs:CORE_THREAD], rsi
    ; The last use of the old stack lies before this store, and stores become visible in order: from here on another core
    ; may run the thread.
    mov dword [rdi + THREAD_ON_CORE], 0
    ldmxcsr [rsp]
    fldcw [rsp + 4]
    add rsp, 8
    pop r15
    pop r14
    pop r13
    pop r12
    pop rbp
    pop rbx
    ret

; Where a new thread begins: rbx = its block.
FUNCTION thread_entry
    xor ebp, ebp
    mov rdi, rbx
    call ToroThreadMain             ; does not return
    ud2

; Where a thread goes on that an interrupt preempts: on its own stack, which Preemption.cs has put the upper half of an
; InterruptFrame on, with the registers that it was interrupted with, interrupts disabled. Another thread may run, and the
; core be another, when the call returns.
extern ToroPreempted
FUNCTION preempt_entry
    PUSH_GENERAL
    mov rbx, rsp
    cld
    xor ebp, ebp
    mov rax, [gs:CORE_THREAD]
    mov [rax + THREAD_INTERRUPTED], rbx
    CALL_WITH_VECTORS_SAVED ToroPreempted
    mov rax, [gs:CORE_THREAD]
    mov qword [rax + THREAD_INTERRUPTED], 0
    mov rsp, rbx
    POP_GENERAL
    add rsp, 16
    iretq

; What the class library's threads begin with; it passes it to SystemNative_CreateThread.
extern ThreadEntryPoint
FUNCTION RhGetThreadEntryPointAddress
    lea rax, [ThreadEntryPoint]
    ret

section .note.GNU-stack noalloc noexec nowrite progbits
