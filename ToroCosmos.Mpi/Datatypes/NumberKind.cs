namespace ToroCosmos.Mpi.Datatypes;

/// <summary>What arithmetic an element of a basic datatype knows.</summary>
internal enum NumberKind
{
    None = 0,
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Float,
    Double,
    FloatComplex,
    DoubleComplex,
    Bool,
    Logical,
    Bits,
    FloatInt,
    DoubleInt,
    LongInt,
    TwoInt,
    ShortInt,
    TwoFloat,
    TwoDouble,
}
