using CountingKit.Web.Features.Audit;

namespace CountingKit.Web.Tests.Audit;

public sealed class FieldsOfEvents
{
    private static readonly Guid Acme = Guid.Parse("0193a000-0000-7000-8000-00000000000a");

    private static readonly Dictionary<Guid, string> Names = new() { [Acme] = "Acme Ltd" };

    [Fact]
    public void What_write_anyway_was_in_older_versions_is_told_only_where_it_says_yes()
    {
        AuditFields.Of(null, """{"writeAnyway":false,"code":"CK-RUN-07"}""", Names).Select(field => field.Name).Should().Equal("Code");
        AuditFields.Of(null, """{"writeAnyway":true}""", Names).Select(field => field.After).Should().Equal("yes");
    }

    [Fact]
    public void What_changed_stands_beside_what_it_was()
    {
        var fields = AuditFields.Of("""{"name":"A","tabTitle":"T","old":1}""", """{"name":"B","tabTitle":"T","isNew":true}""", Names);

        fields.Should().Equal(
            new AuditField("Name", "A", "B"), new("Tab title", "T", "T"), new("Is new", null, "yes"), new("Old", "1", null));
        fields.Select(f => f.Change).Should().Equal(
            FieldChange.Changed, FieldChange.Same, FieldChange.Added, FieldChange.Removed);
    }

    [Fact]
    public void A_list_of_objects_is_read_by_what_its_items_are_called()
    {
        var fields = AuditFields.Of(
            """{"columns":[{"key":"number","heading":null},{"key":"total","heading":"Sum"}]}""",
            """{"columns":[{"key":"total","heading":"Amount"},{"key":"number","heading":null}]}""", Names);

        fields.Should().Equal(
            new AuditField("Columns", "number, total", "total, number"), new("Columns › total › Heading", "Sum", "Amount"));
    }

    [Fact]
    public void An_id_is_shown_with_its_name() =>
        AuditFields.Of(null, $$"""{"connectionIds":["{{Acme}}"]}""", Names)
            .Should().Equal(new AuditField("Connection ids", null, $"Acme Ltd ({Acme})"));

    [Fact]
    public void Nothing_hides_in_foreign_text() =>
        AuditFields.Of(null, """{"name":"a\u202Eb\u0000c\u200Bd\ne"}""", Names)
            .Single().After.Should().Be(@"a\u202Eb\u0000c\u200Bd\u000Ae");

    [Fact]
    public void Nulls_and_empty_lists_are_a_dash_and_two_items_of_one_name_both_stand() =>
        AuditFields.Of(null, """{"from":null,"statuses":[],"sort":[{"key":"date"},{"key":"date","down":true},{"key":"date","down":false}]}""", Names)
            .Select(f => (f.Name, f.After)).Should().Equal(
                ("From", "–"), ("Statuses", "–"), ("Sort", "date, date, date"), ("Sort › date › Down", "yes"),
                ("Sort › date › Down (2)", "no"));
}
