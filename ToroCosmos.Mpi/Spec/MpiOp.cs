namespace ToroCosmos.Mpi.Spec;

/// <summary>How a reduction combines two elements.</summary>
public enum MpiOp
{
    Null = 0x20,
    Sum = 0x21,
    Min = 0x22,
    Max = 0x23,
    Prod = 0x24,
    BitwiseAnd = 0x28,
    BitwiseOr = 0x29,
    BitwiseXor = 0x2a,
    LogicalAnd = 0x30,
    LogicalOr = 0x31,
    LogicalXor = 0x32,
    MinLoc = 0x38,
    MaxLoc = 0x39,
    Replace = 0x3c,
    NoOp = 0x3d,
}
