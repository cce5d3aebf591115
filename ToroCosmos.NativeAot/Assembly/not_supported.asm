; What compiled code refers to and a bare machine does not have. Each is a panic that names it; nothing here returns.
%include "macros.inc"

extern ToroNotSupported

section .text

%macro NOT_SUPPORTED 1
FUNCTION %1
    lea rdi, [%%name]
    jmp ToroNotSupported
[section .rodata]
%%name: db %str(%1), 0
__SECT__
%endmacro

; A garbage collector.
NOT_SUPPORTED RhpCollect
NOT_SUPPORTED RhGetGCDescSize
NOT_SUPPORTED RhGetMemoryInfo
NOT_SUPPORTED RhpGetNextFinalizableObject
NOT_SUPPORTED RhpWaitForFinalizerRequest
NOT_SUPPORTED RhpSignalFinalizationComplete
NOT_SUPPORTED RhpStartNoGCRegion
NOT_SUPPORTED RhpEndNoGCRegion

; Threads other than the cores, the thread pool included, and what only they use.
NOT_SUPPORTED CreateThread
NOT_SUPPORTED ResumeThread
NOT_SUPPORTED SetThreadPriority
NOT_SUPPORTED GetThreadIOPendingFlag
NOT_SUPPORTED RhGetThreadEntryPointAddress
NOT_SUPPORTED RhGetDefaultStackSize
NOT_SUPPORTED RhSetCurrentThreadName
NOT_SUPPORTED WaitForSingleObject
NOT_SUPPORTED CreateThreadpoolWork
NOT_SUPPORTED SubmitThreadpoolWork
NOT_SUPPORTED CloseThreadpoolWork
NOT_SUPPORTED CreateIoCompletionPort
NOT_SUPPORTED GetQueuedCompletionStatus
NOT_SUPPORTED PostQueuedCompletionStatus
NOT_SUPPORTED InitializeCriticalSection
NOT_SUPPORTED EnterCriticalSection
NOT_SUPPORTED LeaveCriticalSection
NOT_SUPPORTED DeleteCriticalSection
NOT_SUPPORTED InitializeConditionVariable
NOT_SUPPORTED SleepConditionVariableCS
NOT_SUPPORTED WakeConditionVariable
NOT_SUPPORTED GetSystemTimes
NOT_SUPPORTED RhpGetThreadAbortException
NOT_SUPPORTED SetThreadErrorMode

; Calls into unmanaged code and back, but for what the runtime implements.
NOT_SUPPORTED CoUninitialize

; A debugger, and events for a tracing session, which code that is not optimized refers to behind the question whether
; there is one.
NOT_SUPPORTED RhDebugBreak
NOT_SUPPORTED NativeRuntimeEventSource_LogContentionStart
NOT_SUPPORTED NativeRuntimeEventSource_LogContentionStop
NOT_SUPPORTED NativeRuntimeEventSource_LogWaitHandleWaitStart
NOT_SUPPORTED NativeRuntimeEventSource_LogWaitHandleWaitStop

; A console with a cursor, files, modules and the rest of an operating system.
NOT_SUPPORTED VirtualFree
NOT_SUPPORTED WriteConsoleW
NOT_SUPPORTED FormatMessageW
NOT_SUPPORTED ExpandEnvironmentStringsW
NOT_SUPPORTED ReportEventW
NOT_SUPPORTED DeregisterEventSource
NOT_SUPPORTED RegEnumKeyExW
NOT_SUPPORTED RegQueryValueExW
NOT_SUPPORTED RegCloseKey

; Dates and time zones.
NOT_SUPPORTED GetSystemTime
NOT_SUPPORTED FileTimeToSystemTime
NOT_SUPPORTED SystemTimeToFileTime
NOT_SUPPORTED GetTimeZoneInformation
NOT_SUPPORTED GetDynamicTimeZoneInformation
NOT_SUPPORTED TzSpecificLocalTimeToSystemTime


section .note.GNU-stack noalloc noexec nowrite progbits
