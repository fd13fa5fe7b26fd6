namespace AtomicPay.Scanner.Config;

/// <summary>How much archives may unpack to; null where the default is to hold.</summary>
/// <param name="Depth">Archives within archives.</param>
/// <param name="Members">Members of one outermost archive, those of nested ones included.</param>
/// <param name="TotalBytes">Bytes unpacked from one outermost archive.</param>
/// <param name="MemberBytes">Bytes of one member.</param>
internal sealed record ArchiveLimits(int? Depth, int? Members, long? TotalBytes, long? MemberBytes);
