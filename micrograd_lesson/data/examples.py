"""The worked examples of the lessons, small enough for paper and pencil."""


def four_examples():
    """The four examples of lesson 08, from Karpathy's lecture: (xs, ys).

    xs: four lists of three numbers. ys: their targets, 1 or −1.
    """
    xs = [[2.0, 3.0, -1.0], [3.0, -1.0, 0.5], [0.5, 1.0, 1.0], [1.0, 1.0, -1.0]]
    ys = [1.0, -1.0, -1.0, 1.0]
    return xs, ys


def ice_cream():
    """The worked example of lesson 09, a 2-2-2 network and one observation: (x, y, parameters).

    x: temperature and time of day, each scaled to 0..1. y: sales of chocolate and of vanilla,
    likewise. parameters: a dict from the name of each weight and bias to its number, in the order
    of `MLP(2, [2, 2]).parameters()`: neuron by neuron, hidden layer first.
    """
    parameters = {}
    parameters |= {"w1": 0.3, "w2": 0.4, "b1": 0.1}  # x1, x2 -> hidden neuron 1
    parameters |= {"w3": -0.1, "w4": 0.2, "b2": -0.1}  # x1, x2 -> hidden neuron 2
    parameters |= {"w5": 0.5, "w6": -0.2, "b3": 0.2}  # hidden 1, 2 -> chocolate
    parameters |= {"w7": -0.3, "w8": 0.6, "b4": 0.3}  # hidden 1, 2 -> vanilla
    return [0.5, 0.8], [0.7, 0.6], parameters
