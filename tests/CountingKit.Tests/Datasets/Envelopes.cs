using System.Text;
using CountingKit.Datasets;
using CountingKit.Mirror;

namespace CountingKit.Tests.Datasets;

public sealed class Envelopes
{
    private const string Answer = """
        { "Id": "x", "Status": "OK", "DateTimeUTC": "\/Date(1552326816230)\/",
          "pagination": { "page": 2, "pageSize": 1000, "pageCount": 3, "itemCount": 2001, "new": [1] },
          "Invoices": [
            { "InvoiceID": "D4956132-ED94-4DD7-9EAA-AA22DFDF06F2", "UpdatedDateUTC": "\/Date(1541176290160+0000)\/", "Total":  40.0,
              "Contact": { "InvoiceID": "not this one", "UpdatedDateUTC": "/Date(1+0000)/" } },
            null,
            {"UpdatedDateUTC":null,"Note":"}]\"","InvoiceID":"046d8a6d-1ae1-4b4d-9340-5601bdf41b87"}
          ], "Unknown": { "Invoices": [] } }
        """;

    [Fact]
    public void An_answer_gives_each_record_byte_for_byte()
    {
        var envelope = Read(Answer);

        envelope.Records.Select(record => record.Key).Should().Equal(
            "d4956132-ed94-4dd7-9eaa-aa22dfdf06f2", "046d8a6d-1ae1-4b4d-9340-5601bdf41b87");
        Encoding.UTF8.GetString(envelope.Records[1].Json.Span).Should().Be(
            """{"UpdatedDateUTC":null,"Note":"}]\"","InvoiceID":"046d8a6d-1ae1-4b4d-9340-5601bdf41b87"}""");
        Answer.Should().Contain(Encoding.UTF8.GetString(envelope.Records[0].Json.Span)).And.Contain("40.0,");
    }

    [Fact]
    public void An_answer_gives_its_clock_its_pages_and_when_each_record_changed()
    {
        var envelope = Read(Answer);

        envelope.SourceTime.Should().Be(new DateTimeOffset(2019, 3, 11, 17, 53, 36, 230, TimeSpan.Zero));
        envelope.Pages.Should().Be(new EnvelopePages(2, 1000, 3, 2001));
        envelope.Records[0].Updated.Should().Be(new DateTimeOffset(2018, 11, 2, 16, 31, 30, 160, TimeSpan.Zero));
        envelope.Records[1].Updated.Should().BeNull();
    }

    [Fact]
    public void An_answer_without_clock_and_pages_says_so()
    {
        var envelope = Read("\uFEFF{\"Invoices\":[]}");

        envelope.Should().BeEquivalentTo(new Envelope(null, null, []));
    }

    [Theory]
    [InlineData("""{"pageSize":1000,"itemCount":2001}""", 3)]
    [InlineData("""{"pageSize":1000,"itemCount":0}""", 0)]
    [InlineData("""{"pageSize":0,"itemCount":5}""", null)]
    [InlineData("""{"page":1,"itemCount":5}""", null)]
    [InlineData("""{"pageCount":"","pageSize":10}""", null)]
    public void A_page_count_that_is_not_told_is_computed_or_unknown(string pages, int? count) =>
        Read($$"""{"pagination":{{pages}},"Invoices":[]}""").Pages!.PageCount.Should().Be(count);

    [Fact]
    public void A_single_object_in_the_place_of_the_list_is_one_record() =>
        Read("""{"Invoices":{"InvoiceID":"a"}}""").Records.Should().ContainSingle().Which.Key.Should().Be("a");

    [Theory]
    [InlineData("\"soon\"")]
    [InlineData("\"/Date(253402300800000)/\"")]
    [InlineData("{\"a\":[1]}")]
    public void A_record_whose_clock_can_not_be_read_is_a_record_all_the_same(string updated)
    {
        var records = Read($$"""{"Invoices":[{"UpdatedDateUTC":{{updated}},"InvoiceID":"a"},{"InvoiceID":"b"}]}""").Records;

        records.Select(record => (record.Key, record.Updated)).Should().Equal(("a", null), ("b", null));
    }

    [Fact]
    public void Two_ids_are_never_one_key()
    {
        string[] ids = ["k", "k\\u0000", "k\\u0000a", "k\\u0000b", "k\uFFFDa", "k\\ud800a", "k\\ud801a", $"{new string('x', 70_000)}1", $"{new string('x', 70_000)}2"];

        var keys = Read($$"""{"Invoices":[{{string.Join(",", ids.Select(id => $"{{\"InvoiceID\":\"{id}\"}}"))}}]}""").Records.Select(r => r.Key).ToList();

        keys.Should().OnlyHaveUniqueItems().And.OnlyContain(key => key.Length <= 200 && !key.Contains('\0'));
        keys[0].Should().Be("k");
    }

    [Fact]
    public void A_record_may_be_of_any_depth_and_bear_names_that_are_no_text() =>
        Read($$"""{"\ud800":1,"Invoices":[{"InvoiceID":"a","InvoiceID\ud800":2,"Deep":{{new string('[', 100_000)}}{{new string(']', 100_000)}}}]}""")
            .Records.Should().ContainSingle().Which.Key.Should().Be("a");

    [Theory]
    [InlineData("""{"Status":"OK"}""", "Invoices")]
    [InlineData("""{"Invoices":null}""", "Invoices")]
    [InlineData("""[]""", "Invoices")]
    [InlineData("", "Invoices")]
    [InlineData("<html>", "Invoices")]
    [InlineData("""{"Invoices":[{"InvoiceID":"a"}""", "Invoices")]
    [InlineData("""{"Invoices":[]} {}""", "Invoices")]
    [InlineData("""{"Invoices":[{"InvoiceID":"a"},7]}""", "Invoices[1]")]
    [InlineData("""{"Invoices":[{"InvoiceID":"a"},{"InvoiceID":""}]}""", "Invoices[1].InvoiceID")]
    public void An_answer_that_is_not_understood_never_looks_empty(string answer, string path) =>
        FluentActions.Invoking(() => Read(answer)).Should().Throw<UnreadableRecordException>().Which.Path.Should().Be(path);

    [Theory]
    [InlineData("soon")]
    [InlineData("Sat, 28 Nov 2026 21:00:00 GMT")]
    public void A_clock_that_can_t_be_read_is_none_and_costs_no_record(string clock)
    {
        var envelope = Read(
            $$"""{"DateTimeUTC":"{{clock}}","Invoices":[{"InvoiceID":"a","UpdatedDateUTC":"{{clock}}"},{"UpdatedDateUTC":{},"InvoiceID":"b"}]}""");

        envelope.SourceTime.Should().BeNull();
        envelope.Records.Select(record => (record.Key, record.Updated)).Should().Equal(("a", null), ("b", null));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("7")]
    public void Pages_that_are_told_as_something_else_are_not_told(string pages) =>
        Read($$"""{"pagination":{{pages}},"Invoices":[{"InvoiceID":"a"}]}""").Should()
            .Match<Envelope>(envelope => envelope.Pages == null && envelope.Records.Count == 1);

    [Theory]
    [InlineData("-1")]
    [InlineData("[]")]
    [InlineData("1e30")]
    [InlineData("\"many\"")]
    public void A_count_that_is_none_is_not_told(string count) =>
        Read($$"""{"pagination":{"page":1,"itemCount":{{count}}},"Invoices":[]}""").Pages!.ItemCount.Should().BeNull();

    private static Envelope Read(string answer) => Envelope.Read(Encoding.UTF8.GetBytes(answer), "Invoices", "InvoiceID");
}
