using UglyToad.PdfPig.Filters;

namespace AtomicPay.Scanner.Containers.Pdf;

/// <summary>Gives the library our bounded filters in place of its own.</summary>
internal sealed class PdfFilterProvider(PdfWork work) : BaseFilterProvider(PdfBoundedFilter.All(work));
