"""A network with one hidden layer, examples in columns: initialised, run forward and backward, and updated."""

import numpy as np


def initialize_parameters(n_x, n_h, n_y):
    """Return small weights and biases of zero."""
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def sigmoid(Z):
    """Return the logistic function of every element."""
    return 1 / (1 + np.exp(-Z))


def forward(X, parameters):
    """
    Return the activations.

    X -- input data of shape (n_x, m)
    """
    Z1 = np.dot(parameters["W1"], X) + parameters["b1"]
    A1 = np.tanh(Z1)
    Z2 = np.dot(parameters["W2"], A1) + parameters["b2"]
    A2 = sigmoid(Z2)  # (n_y, m)
    assert A2.shape == (parameters["W2"].shape[0], X.shape[1])
    return {"A1": A1, "A2": A2}


def backward(X, Y, parameters, cache):
    """Return the gradients: each has the shape of what it is the gradient of."""
    m = X.shape[1]
    A1, A2 = cache["A1"], cache["A2"]
    dZ2 = A2 - Y
    dW2 = np.dot(dZ2, A1.T) / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dZ1 = np.dot(parameters["W2"].T, dZ2) * (1 - np.power(A1, 2))
    dW1 = np.dot(dZ1, X.T) / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    assert dW1.shape == parameters["W1"].shape
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


def update(parameters, grads, learning_rate=0.1):
    """Take a step down."""
    for l in range(1, 3):
        parameters["W" + str(l)] -= learning_rate * grads["dW" + str(l)]
        parameters["b" + str(l)] -= learning_rate * grads["db" + str(l)]
    return parameters
