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
NOT_SUPPORTED RhpGcPoll
NOT_SUPPORTED RhGetGCDescSize
NOT_SUPPORTED RhGetMemoryInfo
NOT_SUPPORTED RhpGetNextFinalizableObject
NOT_SUPPORTED RhpWaitForFinalizerRequest
NOT_SUPPORTED RhpSignalFinalizationComplete
NOT_SUPPORTED RhpStartNoGCRegion
NOT_SUPPORTED RhpEndNoGCRegion

; Threads other than the cores.
NOT_SUPPORTED RhpGetThreadAbortException
NOT_SUPPORTED SetThreadErrorMode

; Calls into unmanaged code and back, but for what the runtime implements.
NOT_SUPPORTED LoadLibraryExW
NOT_SUPPORTED GetProcAddress
NOT_SUPPORTED FreeLibrary
NOT_SUPPORTED CoUninitialize

; Files, modules and the rest of an operating system.
NOT_SUPPORTED VirtualFree
NOT_SUPPORTED LocalFree
NOT_SUPPORTED FormatMessageW
NOT_SUPPORTED ExpandEnvironmentStringsW
NOT_SUPPORTED NtQuerySystemInformation
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
