namespace AtomicPay.Scanner.Findings;

/// <summary>How much a scan read.</summary>
internal readonly record struct ScanCounts(long Files, long GitObjects, long Pictures, long Bytes);
