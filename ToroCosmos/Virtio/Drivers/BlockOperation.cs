namespace ToroCosmos.Virtio.Drivers;

/// <summary>What a block device is asked for: the types of requests (VirtIO 1.2, Block Device: Device Operation).</summary>
public enum BlockOperation
{
    /// <summary>VIRTIO_BLK_T_IN: reads sectors.</summary>
    Read = 0,

    /// <summary>VIRTIO_BLK_T_OUT: writes sectors.</summary>
    Write = 1,

    /// <summary>VIRTIO_BLK_T_FLUSH: makes everything that was written before last.</summary>
    Flush = 4,

    /// <summary>VIRTIO_BLK_T_GET_ID: reads the device's name.</summary>
    Identify = 8,

    /// <summary>VIRTIO_BLK_T_DISCARD: the contents of sectors are needed no more.</summary>
    Discard = 11,

    /// <summary>VIRTIO_BLK_T_WRITE_ZEROES: sectors become zeros.</summary>
    WriteZeroes = 13,
}
