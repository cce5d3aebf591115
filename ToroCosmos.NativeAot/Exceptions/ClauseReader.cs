using System.Runtime.InteropServices;

namespace ToroCosmos.NativeAot.Exceptions;

/// <summary>
/// Reads a method's exception clauses: what the class library calls EHEnum, of the size it was compiled with. Numbers
/// are in the compiler's variable-length encoding, offsets from the method's start.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = 0x20)]
internal unsafe struct ClauseReader
{
    private byte* _next;
    private byte* _methodStart;
    private uint _left;

    public ClauseReader(in Function function)
    {
        _next = function.Clauses;
        _methodStart = function.MethodStart;
        _left = 0;
        if (_next != null)
        {
            _left = ReadNumber();
        }
    }

    public bool Next(Clause* clause)
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        *clause = default;
        clause->TryStart = ReadNumber();
        uint lengthAndKind = ReadNumber();
        clause->Kind = (ClauseKind)(lengthAndKind & 3);
        clause->TryEnd = clause->TryStart + (lengthAndKind >> 2);
        clause->Handler = _methodStart + ReadNumber();
        if (clause->Kind == ClauseKind.Typed)
        {
            clause->TargetType = _next + *(int*)_next;
            _next += 4;
        }
        else if (clause->Kind == ClauseKind.Filter)
        {
            clause->Filter = _methodStart + ReadNumber();
        }

        return true;
    }

    // The number of low one bits of the first byte tells how many bytes follow.
    private uint ReadNumber()
    {
        byte* p = _next;
        uint first = *p;
        if ((first & 1) == 0)
        {
            _next = p + 1;
            return first >> 1;
        }

        if ((first & 2) == 0)
        {
            _next = p + 2;
            return (first >> 2) | ((uint)p[1] << 6);
        }

        if ((first & 4) == 0)
        {
            _next = p + 3;
            return (first >> 3) | ((uint)p[1] << 5) | ((uint)p[2] << 13);
        }

        if ((first & 8) == 0)
        {
            _next = p + 4;
            return (first >> 4) | ((uint)p[1] << 4) | ((uint)p[2] << 12) | ((uint)p[3] << 20);
        }

        _next = p + 5;
        return *(uint*)(p + 1);
    }
}
