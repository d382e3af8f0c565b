using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace CountingKit.Adapters.Database.PostgresMigrations
{
    /// <inheritdoc />
    public partial class GoogleSignInEnds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DeathCode",
                schema: "countingkit",
                table: "GoogleCredentials",
                type: "text",
                nullable: true,
                collation: "C");

            migrationBuilder.AddColumn<DateTime>(
                name: "EndsAt",
                schema: "countingkit",
                table: "GoogleCredentials",
                type: "timestamp with time zone",
                nullable: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "DeathCode",
                schema: "countingkit",
                table: "GoogleCredentials");

            migrationBuilder.DropColumn(
                name: "EndsAt",
                schema: "countingkit",
                table: "GoogleCredentials");
        }
    }
}
