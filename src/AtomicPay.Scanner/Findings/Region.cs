namespace AtomicPay.Scanner.Findings;

/// <summary>A run of text in a file. Lines and columns count from 1; columns are UTF-16 code units; the end column is exclusive, as in SARIF.</summary>
internal readonly record struct Region(int StartLine, int StartColumn, int EndLine, int EndColumn, long ByteOffset, long ByteLength);
