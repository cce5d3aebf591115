using ToroCosmos.Mpi.Spec;

namespace ToroCosmos.Mpi.Datatypes;

/// <summary>The standard's basic datatypes: as C has them on 64-bit Linux, whatever the machine.</summary>
internal static class BasicTypes
{
    /// <summary>The number of the first, and how many numbers there are.</summary>
    public const int First = 0x200;
    public const int Count = 0x100;

    /// <summary>What arithmetic a type knows.</summary>
    public static NumberKind KindOf(MpiDatatype type)
    {
        switch (type)
        {
            case MpiDatatype.Int8 or MpiDatatype.SignedChar or MpiDatatype.Integer1:
                return NumberKind.Int8;
            case MpiDatatype.UInt8 or MpiDatatype.UnsignedChar:
                return NumberKind.UInt8;
            case MpiDatatype.Int16 or MpiDatatype.Short or MpiDatatype.Integer2:
                return NumberKind.Int16;
            case MpiDatatype.UInt16 or MpiDatatype.UnsignedShort:
                return NumberKind.UInt16;
            case MpiDatatype.Int32 or MpiDatatype.Int or MpiDatatype.Integer or MpiDatatype.Integer4:
                return NumberKind.Int32;
            case MpiDatatype.UInt32 or MpiDatatype.Unsigned:
                return NumberKind.UInt32;
            case MpiDatatype.Int64 or MpiDatatype.Long or MpiDatatype.LongLong or MpiDatatype.Aint or MpiDatatype.Count
                or MpiDatatype.Offset or MpiDatatype.Integer8:
                return NumberKind.Int64;
            case MpiDatatype.UInt64 or MpiDatatype.UnsignedLong or MpiDatatype.UnsignedLongLong:
                return NumberKind.UInt64;
            case MpiDatatype.Float or MpiDatatype.Real or MpiDatatype.Real4:
                return NumberKind.Float;
            case MpiDatatype.Double or MpiDatatype.DoublePrecision or MpiDatatype.Real8:
                return NumberKind.Double;
            case MpiDatatype.FloatComplex or MpiDatatype.CxxFloatComplex or MpiDatatype.Complex:
                return NumberKind.FloatComplex;
            case MpiDatatype.DoubleComplex or MpiDatatype.CxxDoubleComplex or MpiDatatype.FortranDoubleComplex:
                return NumberKind.DoubleComplex;
            case MpiDatatype.CBool or MpiDatatype.CxxBool:
                return NumberKind.Bool;
            case MpiDatatype.Logical:
                return NumberKind.Logical;
            case MpiDatatype.Byte:
                return NumberKind.Bits;
            case MpiDatatype.FloatInt:
                return NumberKind.FloatInt;
            case MpiDatatype.DoubleInt:
                return NumberKind.DoubleInt;
            case MpiDatatype.LongInt:
                return NumberKind.LongInt;
            case MpiDatatype.TwoInt or MpiDatatype.TwoInteger:
                return NumberKind.TwoInt;
            case MpiDatatype.ShortInt:
                return NumberKind.ShortInt;
            case MpiDatatype.TwoReal:
                return NumberKind.TwoFloat;
            case MpiDatatype.TwoDoublePrecision:
                return NumberKind.TwoDouble;
            default:
                return NumberKind.None;
        }
    }

    /// <summary>How many bytes from one element to the next; 0 when there is no such type.</summary>
    public static int ExtentOf(MpiDatatype type)
    {
        switch (KindOf(type))
        {
            case NumberKind.Int8 or NumberKind.UInt8 or NumberKind.Bool or NumberKind.Bits:
                return 1;
            case NumberKind.Int16 or NumberKind.UInt16:
                return 2;
            case NumberKind.Int32 or NumberKind.UInt32 or NumberKind.Float or NumberKind.Logical:
                return 4;
            case NumberKind.DoubleComplex or NumberKind.DoubleInt or NumberKind.LongInt or NumberKind.TwoDouble:
                return 16;
            case NumberKind.None:
                return type switch
                {
                    MpiDatatype.Packed or MpiDatatype.Char or MpiDatatype.Character => 1,
                    MpiDatatype.WideChar => 4,
                    MpiDatatype.LongDouble => 16,
                    _ => 0,
                };
            default:
                return 8;
        }
    }

    /// <summary>How many bytes of data an element has.</summary>
    public static int SizeOf(MpiDatatype type) => KindOf(type) switch
    {
        NumberKind.DoubleInt or NumberKind.LongInt => 12,
        NumberKind.ShortInt => 6,
        _ => ExtentOf(type),
    };

    /// <summary>On which multiple C puts an element.</summary>
    public static int AlignmentOf(MpiDatatype type) => KindOf(type) switch
    {
        NumberKind.DoubleComplex or NumberKind.DoubleInt or NumberKind.LongInt or NumberKind.TwoDouble => 8,
        NumberKind.FloatComplex or NumberKind.FloatInt or NumberKind.TwoInt or NumberKind.ShortInt or NumberKind.TwoFloat => 4,
        _ => ExtentOf(type) == 0 ? 1 : ExtentOf(type),
    };
}
