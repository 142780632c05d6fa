package plot

// figure is a chart's static drawing.
type figure interface{}

type timelineFigure struct{ Timeline }

type barFigure struct{ values []Value }
