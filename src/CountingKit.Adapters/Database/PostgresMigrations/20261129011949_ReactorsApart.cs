using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CountingKit.Adapters.Database.PostgresMigrations
{
    /// <inheritdoc />
    public partial class ReactorsApart : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "ReactorFailures",
                schema: "countingkit",
                columns: table => new
                {
                    Reactor = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Failures = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReactorFailures", x => x.Reactor);
                });

            migrationBuilder.CreateTable(
                name: "ReactorSetAsides",
                schema: "countingkit",
                columns: table => new
                {
                    Reactor = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    EventId = table.Column<Guid>(type: "uuid", nullable: false),
                    Stream = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    Revision = table.Column<long>(type: "bigint", nullable: false),
                    EventType = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    At = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    Code = table.Column<string>(type: "text", nullable: false, collation: "C"),
                    TryAgain = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ReactorSetAsides", x => new { x.Reactor, x.EventId });
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ReactorFailures",
                schema: "countingkit");

            migrationBuilder.DropTable(
                name: "ReactorSetAsides",
                schema: "countingkit");
        }
    }
}
