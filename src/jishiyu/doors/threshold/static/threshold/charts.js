// Charts from data: <div data-chart="id of a json_script">. The same figures stand in a table below for who cannot see them.
// Tooltips are drawn, not HTML: ECharts writes style attributes into HTML, which the content policy refuses.
(() => {
  "use strict";
  const COLOURS = ["#0b5c86", "#c06a12", "#1a7440", "#7a4fa3", "#b42323", "#0d6b62", "#8a5a00", "#56616f"];
  const DARK = ["#5fb3df", "#f0a36b", "#6ccf93", "#c5a3e8", "#f48a8a", "#6fd0c4", "#e8c15a", "#a9b4c0"];
  // The bands of hardship have names of colours; these are tints of them that keep apart when printed grey.
  const NAMED = { red: "#a31f1f", orange: "#d2691e", yellow: "#c9a227", blue: "#2f74b5", green: "#4f9a5f" };
  const NAMED_DARK = { red: "#e06c6c", orange: "#e8975a", yellow: "#e3c65b", blue: "#6aa9e0", green: "#7cc48c" };
  const colour = (name, dark) => (dark ? NAMED_DARK : NAMED)[name] ?? name;
  // Quiet patterns, so that series keep apart without their colours.
  const soft = "rgba(255, 255, 255, 0.28)";
  const DECALS = [
    { color: "rgba(0, 0, 0, 0)" },
    { color: soft, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: -Math.PI / 4 },
    { color: soft, symbol: "circle", dashArrayX: [[6, 6], [0, 6, 6, 0]], dashArrayY: [6, 0], symbolSize: 0.5 },
    { color: soft, dashArrayX: [1, 0], dashArrayY: [3, 6], rotation: 0 },
    { color: soft, dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4 },
  ];
  const drawn = new Map();

  function option(chart, dark, box) {
    if (chart.option) return chart.option;
    const text = dark ? "#d5dde5" : "#39434f";
    const line = dark ? "#3a444e" : "#dde3e9";
    const unit = chart.unit ? ` ${chart.unit}` : "";
    const base = {
      color: dark ? DARK : COLOURS,
      aria: { enabled: true, decal: { show: chart.series.length > 1, decals: DECALS }, label: { description: chart.title } },
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: text },
      animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 400,
      tooltip: { trigger: "axis", confine: true, renderMode: "richText", valueFormatter: (v) => `${v ?? "—"}${unit}` },
      legend: chart.series.length > 1 ? { top: 0, textStyle: { color: text } } : undefined,
      grid: { left: 8, right: 20, top: chart.series.length > 1 ? 36 : 16, bottom: 8, containLabel: true },
    };
    if (chart.kind === "pie") {
      return { ...base, tooltip: { trigger: "item", confine: true, renderMode: "richText", valueFormatter: base.tooltip.valueFormatter },
        legend: { bottom: 0, type: "scroll", textStyle: { color: text }, formatter: (name) => `${name}  ${chart.series[0].data[chart.labels.indexOf(name)] ?? "—"}` },
        series: [{ type: "pie", radius: ["45%", "72%"], center: ["50%", "44%"], label: { show: false },
          data: chart.labels.map((name, i) => ({ name, value: chart.series[0].data[i],
            itemStyle: chart.colours ? { color: colour(chart.colours[i], dark) } : undefined })) }] };
    }
    if (chart.kind === "radar") {
      const most = chart.most ?? chart.labels.map((_, i) => Math.max(1, ...chart.series.map((s) => s.data[i] ?? 0)));
      return { ...base, tooltip: { confine: true, renderMode: "richText" },
        radar: { radius: "65%", axisName: { color: text }, indicator: chart.labels.map((name, i) => ({ name, max: most[i] })) },
        series: [{ type: "radar", areaStyle: { opacity: 0.2 }, data: chart.series.map((s) => ({ name: s.name, value: s.data })) }] };
    }
    const names = { type: "category", data: chart.labels, axisLabel: { color: text }, axisTick: { show: false }, axisLine: { lineStyle: { color: line } } };
    const values = { type: "value", axisLabel: { color: text }, splitLine: { lineStyle: { color: line } } };
    if (chart.kind === "step") {
      // A value holds from its day until the next one; null breaks the line.
      return { ...base, xAxis: { ...names, type: "time", data: undefined }, yAxis: { ...values, scale: true },
        series: chart.series.map((s) => ({ name: s.name, type: "line", step: "end", symbolSize: 7, data: s.data.map((v, i) => [chart.labels[i], v]) })) };
    }
    if (chart.kind === "curve") {
      // Points of (x, y); where a curve falls there is a mark with what falls away.
      const axis = { type: "value", axisLabel: { color: text }, splitLine: { lineStyle: { color: line } }, nameTextStyle: { color: text } };
      return { ...base, aria: { enabled: true, label: { description: chart.title } },
        grid: { ...base.grid, bottom: 28, top: 58 },
        xAxis: { ...axis, name: chart.x, nameLocation: "middle", nameGap: 28 }, yAxis: { ...axis, name: chart.y, scale: true, nameTextStyle: { color: text, align: "left" } },
        series: chart.series.map((s, i) => ({ name: s.name, type: "line", showSymbol: false, data: s.points,
          lineStyle: { width: 2, type: i ? "solid" : "dashed" },
          markPoint: { symbol: "triangle", symbolSize: 11, symbolRotate: 180, symbolOffset: [0, -7], animation: false,
            data: s.falls.map((f) => ({ coord: f.at, value: f.name, label: { position: f.at[0] > s.points.at(-1)[0] / 2 ? "left" : "right" } })),
            label: { show: s.falls.length <= 8 && box.clientWidth > 520, distance: 8, color: text, fontSize: 11, padding: [2, 4],
              backgroundColor: dark ? "#1d252d" : "#ffffff", borderRadius: 3, formatter: (p) => p.value } } })) };
    }
    const flat = chart.kind === "hbar" || chart.kind === "hstack";
    const stacked = chart.kind === "stack" || chart.kind === "hstack";
    return { ...base,
      xAxis: flat ? values : names,
      yAxis: flat ? { ...names, inverse: true } : values,
      series: chart.series.map((s) => ({ name: s.name, data: s.data, type: chart.kind === "line" ? "line" : "bar",
        stack: stacked ? "all" : undefined, barMaxWidth: 28, smooth: false,
        itemStyle: s.colour ? { color: colour(s.colour, dark) } : stacked ? {} : { borderRadius: flat ? [0, 3, 3, 0] : [3, 3, 0, 0] } })) };
  }

  function draw(box) {
    const data = document.getElementById(box.dataset.chart);
    if (!data || !window.echarts) return;
    drawn.get(box)?.dispose();
    const made = window.echarts.init(box, null, { renderer: "canvas" });
    made.setOption(option(JSON.parse(data.textContent), document.documentElement.dataset.bsTheme === "dark", box));
    drawn.set(box, made);
  }
  const all = () => document.querySelectorAll("[data-chart]").forEach(draw);
  document.addEventListener("DOMContentLoaded", all);
  document.addEventListener("jsy:theme", all);
  document.addEventListener("htmx:afterSettle", (event) => event.target.querySelectorAll?.("[data-chart]").forEach(draw));
  window.addEventListener("resize", () => drawn.forEach((chart) => chart.resize()));
  window.addEventListener("beforeprint", () => drawn.forEach((chart) => chart.resize()));
  if (document.readyState !== "loading") all();
})();
