/** What a chart draws of one thing: how many went in and out. */
export interface ChartBar {
  key: string;
  /** Beside the bar. */
  label: string;
  /** Whole, for who asks what a bar is. */
  title: string;
  in: number;
  out: number;
}
